using System.Collections.Concurrent;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Manifests that were read since the database last changed, by repository and tag or digest.</summary>
/// <remarks>
/// Appliances ask for few manifests again and again. Nothing in here is told what a write changes: any commit empties it, so what is found
/// is what a read of the database would give.
/// </remarks>
internal sealed class ManifestCache(SqliteDatabase database)
{
    /// <summary>In bytes of manifests, all together. A manifest of an image has a few thousand.</summary>
    private const int Capacity = 16 * 1024 * 1024;

    private volatile Generation _current = new(-1);

    public StoredManifest? Find(RepositoryName repository, ManifestReference reference, Func<SqliteSession, StoredManifest?> read)
    {
        // Taken before the read: a commit between the two leaves the entry in a generation that nobody looks into any more.
        var generation = Current();
        var key = (repository, reference);
        if (generation.Manifests.TryGetValue(key, out var known))
            return known;
        if (database.Read(read) is not { } found)
            return null;
        if (Interlocked.Add(ref generation.Bytes, found.Bytes.Length) > Capacity)
            _current = new Generation(generation.Version);
        else
            generation.Manifests[key] = found;
        return found;
    }

    private Generation Current()
    {
        var version = database.Version;
        var current = _current;
        return current.Version == version ? current : _current = new Generation(version);
    }

    /// <param name="version">Of the database that its manifests were read from, or a later one.</param>
    private sealed class Generation(long version)
    {
        public long Bytes;

        public long Version { get; } = version;

        public ConcurrentDictionary<(RepositoryName, ManifestReference), StoredManifest> Manifests { get; } = new();
    }
}
