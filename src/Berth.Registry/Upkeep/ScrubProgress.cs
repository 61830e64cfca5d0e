namespace Berth.Registry.Upkeep;

/// <summary>How far a pass over all content has come.</summary>
public sealed class ScrubProgress
{
    /// <summary>Id of the last blob that was looked at.</summary>
    public long Position { get; set; }

    public ScrubReport Report { get; init; } = new();
}

/// <summary>What a pass found and did.</summary>
public sealed class ScrubReport
{
    public long Checked { get; set; }

    /// <summary>Read and hashed.</summary>
    public long Bytes { get; set; }

    /// <summary>Live blobs that were corrupt, those that were healed included.</summary>
    public long Corrupt { get; set; }

    /// <summary>Live blobs without a file, those that were healed included.</summary>
    public long Missing { get; set; }

    /// <summary>Of those, and of those that earlier passes found, how many are right again.</summary>
    public long Healed { get; set; }

    /// <summary>Files without a live row that were put into the trash.</summary>
    public long Orphans { get; set; }

    public long OrphanBytes { get; set; }

    /// <summary>Files that nothing needs any more, and that were freed.</summary>
    public long Removed { get; set; }

    /// <summary>Blobs that nobody can pull until somebody pushes them again.</summary>
    public long Lost { get; set; }
}
