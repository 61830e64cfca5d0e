using Berth.Registry.Storage;

namespace Berth.Registry.Collection;

/// <summary>What has been in the trash for long enough, and now goes for good.</summary>
public sealed class ExpiredTrash(ICollectionStore metadata, IBlobStore content, TimeSpan age) : ICollectionStep
{
    public async ValueTask<CollectionPage> FindAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        await metadata.IsBackupRunningAsync(now, cancellationToken)
            ? CollectionPage.Empty
            : await metadata.FindExpiredTrashAsync(after, now - age, cancellationToken);

    /// <summary>The file of a blob is put into the trash once more, for the case that a crash kept it from getting there.</summary>
    public async ValueTask<IReadOnlyList<Removal>> RemoveAsync(
        IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var blobs = found.Where(removal => removal.Kind is RemovalKind.Blob).Select(removal => removal.Digest!.Value).ToList();
        await metadata.WhileTrashedAsync(blobs, digest => content.TrashAsync(digest, CancellationToken.None), cancellationToken);
        var purged = await metadata.PurgeAsync(found, now, cancellationToken);
        await metadata.WhileUnknownAsync(blobs, digest => content.PurgeAsync(digest, CancellationToken.None), CancellationToken.None);
        await content.EmptyAsync(CancellationToken.None);
        return purged;
    }
}
