using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Blobs;

/// <summary>Blobs as a repository shows them: content is visible only through a repository that links it.</summary>
public sealed class RepositoryBlobs(IBlobStore content, IMetadataStore metadata, BlobLease lease)
{
    /// <summary>Enough to find one that the caller may read; who can read none of them uploads.</summary>
    private const int MostSources = 16;

    /// <summary>Size in bytes of a blob whose content is really there, or <c>null</c>.</summary>
    /// <remarks>Damaged or lost content counts as missing, so that the next push brings it back.</remarks>
    public async ValueTask<long?> FindAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        var size = await metadata.FindBlobAsync(repository, digest, cancellationToken);
        return size is not null && await content.FindSizeAsync(digest, cancellationToken) == size ? size : null;
    }

    /// <summary>Promises to keep the blob, because a pusher is told that it need not upload it.</summary>
    /// <returns>False when it went away since it was found: then it has to be uploaded.</returns>
    public ValueTask<bool> PromiseAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        metadata.LeaseBlobAsync(repository, digest, lease.AtLeastUntil, lease.Until, cancellationToken);

    /// <summary>Opens content found before, from <paramref name="offset"/>, in bytes.</summary>
    /// <exception cref="OciException"><see cref="OciError.BlobUnknown"/>: it went away since.</exception>
    public async ValueTask<Stream> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken) =>
        await content.OpenReadAsync(digest, offset, cancellationToken) ?? throw new OciException(OciError.BlobUnknown, digest.ToString());

    /// <summary>Some repositories that a blob could be mounted from; which of them the caller may read is to be asked yet.</summary>
    public ValueTask<IReadOnlyList<RepositoryName>> ListSourcesAsync(Digest digest, CancellationToken cancellationToken) =>
        metadata.ListRepositoriesWithBlobAsync(digest, MostSources, cancellationToken);

    /// <summary>Makes a blob of another repository visible in this one, with a lease; <c>false</c> when there is nothing to mount.</summary>
    public async ValueTask<bool> MountAsync(RepositoryName from, RepositoryName into, Digest digest, CancellationToken cancellationToken)
    {
        if (await FindAsync(from, digest, cancellationToken) is null)
            return false;
        return await metadata.MountBlobAsync(from, into, digest, lease.Now, lease.Until, cancellationToken);
    }

    /// <exception cref="OciException">The repository has it not, or a manifest there needs it.</exception>
    public async ValueTask RemoveAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        var error = await metadata.RemoveBlobAsync(repository, digest, cancellationToken) switch
        {
            RemoveResult.NotFound => OciError.BlobUnknown,
            RemoveResult.Referenced => OciError.BlobReferenced,
            _ => null,
        };
        if (error is not null)
            throw new OciException(error, digest.ToString());
    }
}
