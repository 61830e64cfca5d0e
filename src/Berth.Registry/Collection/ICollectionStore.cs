using Berth.Oci;

namespace Berth.Registry.Collection;

/// <summary>The half of the metadata that collection works on. One method is one transaction, durable when it returns.</summary>
public interface ICollectionStore
{
    /// <summary>
    /// Looks at some of the content, beginning after <paramref name="after"/>, for what no manifest names and no lease keeps: out of a
    /// repository (<see cref="RemovalKind.Link"/>), or altogether (<see cref="RemovalKind.Blob"/>).
    /// </summary>
    ValueTask<CollectionPage> FindUnusedBlobsAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes links and blobs found unused out of sight, and marks content as trash that no repository shows any more.</summary>
    /// <returns>Those that are still unused.</returns>
    ValueTask<IReadOnlyList<Removal>> TrashBlobsAsync(IReadOnlyList<Removal> unused, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="move"/> for those of <paramref name="digests"/> that are trash, while nobody can bring them back.</summary>
    ValueTask WhileTrashedAsync(IReadOnlyList<Digest> digests, Func<Digest, ValueTask> move, CancellationToken cancellationToken);

    /// <summary>Looks in the trash for what has been there since before <paramref name="oldest"/>.</summary>
    ValueTask<CollectionPage> FindExpiredTrashAsync(string? after, DateTimeOffset oldest, CancellationToken cancellationToken);

    /// <summary>Forgets what lay in the trash: it cannot be brought back after this. The journal keeps that it was there.</summary>
    /// <returns>What was still there.</returns>
    ValueTask<IReadOnlyList<Removal>> PurgeAsync(IReadOnlyList<Removal> expired, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="purge"/> for those of <paramref name="digests"/> that nothing is known of, while nobody can push them.</summary>
    ValueTask WhileUnknownAsync(IReadOnlyList<Digest> digests, Func<Digest, ValueTask> purge, CancellationToken cancellationToken);

    /// <summary>Whether somebody copies the store right now, who may need what is in the trash.</summary>
    ValueTask<bool> IsBackupRunningAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
