using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>Something that a pass tells, as it finds it.</summary>
/// <param name="From">The peer that healed it, or did not.</param>
/// <param name="Problem">Why a peer did not.</param>
public readonly record struct ScrubFinding(ScrubFindingKind Kind, Digest Digest, long Size, Uri? From = null, string? Problem = null);

public enum ScrubFindingKind
{
    Corrupt,
    Missing,

    /// <summary>Wrong when it was read first and right when it was read again: the disk or the memory is not to be trusted.</summary>
    ReadWrongOnce,

    Healed,
    Orphan,
    PeerFailed,
}
