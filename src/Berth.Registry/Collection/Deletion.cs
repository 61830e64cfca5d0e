namespace Berth.Registry.Collection;

/// <summary>Who takes something away, and why: kept with it in the trash.</summary>
/// <param name="Actor">An account, or the part of Berth that did it.</param>
public sealed record Deletion(string Actor, string Reason, DateTimeOffset Now)
{
    /// <summary>Whether it goes although it is pinned or was pulled recently.</summary>
    public bool Forced { get; init; }

    /// <summary>What was pulled since then stays; null when pulls do not matter.</summary>
    public DateTimeOffset? PulledSince { get; init; }
}
