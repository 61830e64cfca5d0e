using Berth.Registry.Storage;

namespace Berth.Registry.Collection;

/// <summary>Content that no manifest names and that nobody was promised: out of sight first, then its file into the trash.</summary>
/// <remarks>A crash between the two leaves a file that no row shows, never a row without its file.</remarks>
public sealed class UnusedBlobs(ICollectionStore metadata, IBlobStore content) : ICollectionStep
{
    public ValueTask<CollectionPage> FindAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        metadata.FindUnusedBlobsAsync(after, now, cancellationToken);

    public async ValueTask<IReadOnlyList<Removal>> RemoveAsync(
        IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var trashed = await metadata.TrashBlobsAsync(found, now, cancellationToken);
        var digests = trashed.Where(removal => removal.Kind is RemovalKind.Blob).Select(removal => removal.Digest!.Value).ToList();
        if (digests.Count > 0)
            await metadata.WhileTrashedAsync(digests, digest => content.TrashAsync(digest, CancellationToken.None), CancellationToken.None);
        return trashed;
    }
}
