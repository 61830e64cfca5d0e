using Berth.Registry.Access;
using Berth.Registry.Collection;

namespace Berth.Registry.Retention;

/// <summary>Tags that no rule of their policy keeps. Their manifests stay, untagged from now on.</summary>
/// <param name="preview">The one policy to ask, as if it were enabled; null for all that are.</param>
public sealed class RetiredTags(IRetentionStore store, RepositoryPrefix? preview = null) : ICollectionStep
{
    public ValueTask<CollectionPage> FindAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.FindRetiredTagsAsync(preview, after, now, cancellationToken);

    public ValueTask<IReadOnlyList<Removal>> RemoveAsync(IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.TrashTagsAsync(found, now, cancellationToken);
}
