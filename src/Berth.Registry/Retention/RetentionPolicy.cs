using System.Globalization;
using Berth.Oci;
using Berth.Registry.Access;

namespace Berth.Registry.Retention;

/// <summary>What of the repositories below a prefix may go without anybody asking for it. What one of its rules names, stays.</summary>
public sealed record RetentionPolicy(RepositoryPrefix Prefix)
{
    /// <summary>Of each repository, the tags that were moved last.</summary>
    public int? KeepLast { get; init; }

    public IReadOnlyList<TagPattern> KeepMatching { get; init; } = [];

    /// <summary>Tags that were moved not longer ago than this.</summary>
    public TimeSpan? KeepNewer { get; init; }

    /// <summary>Tags whose manifest was pulled not longer ago than this.</summary>
    public TimeSpan? KeepPulled { get; init; }

    /// <summary>How long a manifest stays that nothing names; null for ever.</summary>
    public TimeSpan? UntaggedAfter { get; init; }

    /// <summary>Tags that nobody moves or deletes. In force whether the policy is enabled or not.</summary>
    public IReadOnlyList<TagPattern> ImmutableTags { get; init; } = [];

    /// <summary>When somebody last looked at what it would remove, as it is now.</summary>
    public DateTimeOffset? Previewed { get; init; }

    /// <summary>Since when it removes; null while it does not.</summary>
    public DateTimeOffset? Enabled { get; init; }

    /// <summary>Without a rule that keeps tags, none is removed: a policy cannot mean all of them.</summary>
    public bool RemovesTags => KeepLast is not null || KeepMatching.Count > 0 || KeepNewer is not null || KeepPulled is not null;

    public bool RemovesAnything => RemovesTags || UntaggedAfter is not null;

    public bool IsImmutable(Tag tag) => ImmutableTags.Any(pattern => pattern.Matches(tag));

    /// <summary>Why a tag may go, for a person to read; null when it stays.</summary>
    /// <param name="isAmongLast">Whether it is one of the <see cref="KeepLast"/>.</param>
    public string? ReasonToRemove(Tag tag, DateTimeOffset updated, DateTimeOffset? pulled, bool isAmongLast, DateTimeOffset now)
    {
        var stays = !RemovesTags
            || IsImmutable(tag)
            || isAmongLast
            || KeepMatching.Any(pattern => pattern.Matches(tag))
            || updated > now - KeepNewer
            || pulled > now - KeepPulled;
        return stays ? null : $"policy {Prefix}: {string.Join(", ", TagRules())}";
    }

    /// <summary>Why a manifest may go that nothing has named since <paramref name="since"/>; null when it stays.</summary>
    public string? ReasonToRemoveUntagged(DateTimeOffset since, DateTimeOffset now) =>
        UntaggedAfter is { } after && since <= now - after ? $"policy {Prefix}: untagged for {DurationText.Format(after)}" : null;

    private IEnumerable<string> TagRules()
    {
        if (KeepLast is { } last)
            yield return string.Create(CultureInfo.InvariantCulture, $"not among the last {last} tags");
        if (KeepMatching.Count > 0)
            yield return $"not matching {string.Join(" or ", KeepMatching)}";
        if (KeepNewer is { } newer)
            yield return $"not newer than {DurationText.Format(newer)}";
        if (KeepPulled is { } pulled)
            yield return $"not pulled within {DurationText.Format(pulled)}";
    }
}
