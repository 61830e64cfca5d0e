using Berth.Registry.Collection;

namespace Berth.Server.Collection;

/// <summary>How much a collection took away.</summary>
internal sealed class CollectionSum
{
    /// <summary>What went into the trash.</summary>
    public int Trashed { get; private set; }

    public long TrashedBytes { get; private set; }

    /// <summary>What left the trash for good.</summary>
    public int Purged { get; private set; }

    public long PurgedBytes { get; private set; }

    public void Add(Removal removal)
    {
        if (removal.IsPurge)
        {
            Purged++;
            PurgedBytes += removal.Size;
        }
        else if (removal.Kind is not RemovalKind.Link)
        {
            Trashed++;
            TrashedBytes += removal.Size;
        }
    }

    public CollectionDocument ToDocument() => new(Trashed, TrashedBytes, Purged, PurgedBytes);
}

/// <summary>What is remembered of a collection. Sizes in bytes.</summary>
internal sealed record CollectionDocument(int Trashed, long TrashedBytes, int Purged, long PurgedBytes);
