namespace Berth.Registry.Upkeep;

/// <summary>What the metadata says of content that there is a file of.</summary>
public enum BlobState
{
    /// <summary>Nothing: it was never linked, or was forgotten.</summary>
    Unknown,

    Live,

    /// <summary>Live, but known to be corrupt or lost.</summary>
    Damaged,

    Trashed,
}
