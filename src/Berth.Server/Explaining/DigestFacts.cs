namespace Berth.Server.Explaining;

/// <summary>Everything that is known of a digest. Sizes in bytes; lists are cut off after <see cref="Most"/>.</summary>
/// <param name="Alive">Whether a repository shows it now.</param>
internal sealed record DigestFacts(string Digest, bool Alive, ManifestFacts[] Manifests, BlobFacts? Blob, JournalFacts[] Journal)
{
    public const int Most = 100;

    public bool IsKnown => Manifests.Length > 0 || Blob is not null || Journal.Length > 0;
}

/// <summary>A manifest in one repository, and what keeps it there.</summary>
/// <param name="Parents">Indexes that list it.</param>
/// <param name="Packs">Management packs that refer to it, which pins it.</param>
/// <param name="Subject">What it refers to; it keeps it only while it is there.</param>
/// <param name="UntaggedSince">Since when nothing names it; null when something does.</param>
/// <param name="Policy">The policy that counts for the repository.</param>
/// <param name="Goes">When that policy lets it go; null for never.</param>
internal sealed record ManifestFacts(
    string Repository,
    string MediaType,
    long Size,
    DateTimeOffset Created,
    TagFacts[] Tags,
    string[] Parents,
    PinFacts[] Pins,
    string[] Packs,
    string? Subject,
    bool SubjectIsThere,
    DateTimeOffset? Pulled,
    DateTimeOffset? UntaggedSince,
    string? Policy,
    DateTimeOffset? Goes);

/// <param name="Removable">Why an enabled policy lets it go at the next collection; null when it stays.</param>
internal sealed record TagFacts(string Name, DateTimeOffset Updated, string? Removable);

internal sealed record PinFacts(string Name, DateTimeOffset? Until, bool Ended);

/// <summary>Content.</summary>
/// <param name="File"><c>present</c>, <c>trash</c>, <c>quarantine</c> or <c>missing</c>.</param>
/// <param name="Verified">When its bytes were last found right.</param>
/// <param name="Damaged">When they were found wrong or missing.</param>
internal sealed record BlobFacts(
    long Size, DateTimeOffset Created, string File, DateTimeOffset? Verified, DateTimeOffset? Trashed, DateTimeOffset? Damaged, LinkFacts[] Repositories);

/// <param name="NamedBy">Manifests of the repository that need it.</param>
/// <param name="LeaseUntil">Until when it stays there although none needs it.</param>
internal sealed record LinkFacts(string Repository, string[] NamedBy, DateTimeOffset LeaseUntil, bool LeaseEnded);

/// <summary>An entry of the journal of what went.</summary>
/// <param name="TrashUntil">Until when it can be brought back; null when it cannot.</param>
internal sealed record JournalFacts(
    long Id,
    DateTimeOffset At,
    string Kind,
    string? Repository,
    string? Tag,
    string? Digest,
    long Size,
    string Actor,
    string Reason,
    bool Forced,
    long? PartOf,
    DateTimeOffset? TrashUntil,
    DateTimeOffset? Restored,
    DateTimeOffset? Purged);
