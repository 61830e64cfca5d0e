using Berth.Registry.Access;
using Berth.Registry.Collection;

namespace Berth.Registry.Retention;

/// <summary>The half of the metadata that policies work on. One method is one transaction.</summary>
public interface IRetentionStore
{
    /// <summary>Looks at some manifests that no tag, index or subject holds, beginning after <paramref name="after"/>, for what a policy lets go.</summary>
    /// <param name="preview">The one policy to ask, as if it were enabled; null for all that are.</param>
    /// <param name="pulledSince">What was pulled since then stays.</param>
    ValueTask<CollectionPage> FindRetiredManifestsAsync(
        RepositoryPrefix? preview, string? after, DateTimeOffset pulledSince, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts into the trash what an enabled policy still lets go.</summary>
    ValueTask<IReadOnlyList<Removal>> TrashManifestsAsync(
        IReadOnlyList<Removal> found, DateTimeOffset pulledSince, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Looks at some tags, beginning after <paramref name="after"/>, for what a policy lets go.</summary>
    /// <inheritdoc cref="FindRetiredManifestsAsync" path="/param"/>
    ValueTask<CollectionPage> FindRetiredTagsAsync(
        RepositoryPrefix? preview, string? after, DateTimeOffset now, CancellationToken cancellationToken);

    /// <inheritdoc cref="TrashManifestsAsync"/>
    ValueTask<IReadOnlyList<Removal>> TrashTagsAsync(IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken);
}
