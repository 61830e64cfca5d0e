using Berth.Registry.Access;
using Berth.Registry.Collection;

namespace Berth.Registry.Retention;

/// <summary>Manifests that nothing has named for as long as their policy says.</summary>
/// <param name="pulledWithin">What was pulled not longer ago stays.</param>
/// <param name="preview">The one policy to ask, as if it were enabled; null for all that are.</param>
public sealed class RetiredManifests(IRetentionStore store, TimeSpan pulledWithin, RepositoryPrefix? preview = null) : ICollectionStep
{
    public ValueTask<CollectionPage> FindAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.FindRetiredManifestsAsync(preview, after, now - pulledWithin, now, cancellationToken);

    public ValueTask<IReadOnlyList<Removal>> RemoveAsync(IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.TrashManifestsAsync(found, now - pulledWithin, now, cancellationToken);
}
