using Berth.Oci;
using Berth.Registry.Access;

namespace Berth.Registry.Retention;

/// <summary>All policies of a registry. Of those that cover a repository the one with the longest prefix counts, alone.</summary>
public sealed class RetentionPolicies(IEnumerable<RetentionPolicy> policies)
{
    private readonly RetentionPolicy[] _longestFirst =
        [.. policies.OrderBy(policy => policy.Prefix.IsEverything).ThenByDescending(policy => policy.Prefix.ToString().Length)];

    /// <summary>The policy of a repository, enabled or not.</summary>
    public RetentionPolicy? Find(RepositoryName repository) => Array.Find(_longestFirst, policy => policy.Prefix.Covers(repository));

    /// <summary>The policy that removes something from the repository.</summary>
    /// <param name="preview">Null for those that are enabled; else this one alone, as if it were.</param>
    public RetentionPolicy? FindActive(RepositoryName repository, RepositoryPrefix? preview) =>
        Find(repository) is { } policy && IsActive(policy, preview) ? policy : null;

    public bool AnyActive(RepositoryPrefix? preview, Func<RetentionPolicy, bool> that) =>
        _longestFirst.Any(policy => IsActive(policy, preview) && that(policy));

    private static bool IsActive(RetentionPolicy policy, RepositoryPrefix? preview) =>
        preview is { } one ? policy.Prefix == one : policy.Enabled is not null;
}
