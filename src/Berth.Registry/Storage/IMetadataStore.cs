using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Manifests;

namespace Berth.Registry.Storage;

/// <summary>The truth: which repository has which blobs, manifests and tags. One method is one transaction, durable when it returns.</summary>
/// <remarks>
/// The contract that every backend keeps (MetadataStoreContract in the tests):
/// absent is <c>null</c> or <c>false</c>; lists are in ordinal order; a reader sees all of a transaction or nothing of it; a repository
/// exists from the first blob, session or manifest put into it; manifest bytes come back exactly as they were given.
/// </remarks>
public interface IMetadataStore
{
    // Upload sessions

    /// <summary>Records that an upload into the repository has begun.</summary>
    ValueTask AddUploadAsync(RepositoryName repository, UploadId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether the repository has that upload.</summary>
    ValueTask<bool> HasUploadAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken);

    /// <summary>The repository that has the upload, or <c>null</c>.</summary>
    ValueTask<RepositoryName?> FindUploadRepositoryAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Forgets an upload; <c>false</c> when the repository has none such.</summary>
    ValueTask<bool> RemoveUploadAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken);

    // Blobs

    /// <summary>
    /// Makes content that is durable in the blob store visible in its repository, with a lease, and ends its upload session in the same
    /// transaction. Linking again renews the lease; what was trash or damaged is good again.
    /// </summary>
    /// <param name="isThere">
    /// Asked within the transaction, while no collection can take the content away: whether it is in the blob store still, or again. May be
    /// asked more than once.
    /// </param>
    /// <returns>False when it is not; then nothing was changed.</returns>
    ValueTask<bool> LinkBlobAsync(BlobLink link, Func<ValueTask<bool>> isThere, CancellationToken cancellationToken);

    /// <summary>Size in bytes of a blob visible in the repository, or <c>null</c>.</summary>
    ValueTask<long?> FindBlobAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>Makes a blob of <paramref name="from"/> visible in <paramref name="into"/>, with a lease; <c>false</c> when <paramref name="from"/> has it not.</summary>
    ValueTask<bool> MountBlobAsync(
        RepositoryName from, RepositoryName into, Digest digest, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> repositories that the blob is visible in, by name.</summary>
    ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesWithBlobAsync(Digest digest, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Promises to keep a blob of the repository: until <paramref name="leaseUntil"/>, or for as long as was promised already if that is not
    /// before <paramref name="leastUntil"/>. A lease never gets shorter.
    /// </summary>
    /// <returns>False when the repository has it not.</returns>
    ValueTask<bool> LeaseBlobAsync(
        RepositoryName repository, Digest digest, DateTimeOffset leastUntil, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Takes a blob out of the repository, unless a manifest there needs it.</summary>
    ValueTask<RemoveResult> RemoveBlobAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken);

    // Manifests and tags

    /// <summary>
    /// Checks that every blob and child the manifest names is in the repository and stores its bytes, edges, subject and tags: all in one
    /// transaction, or nothing. Storing again what is there moves the tags only. What is not there yet becomes an edge when it arrives.
    /// </summary>
    /// <returns>What is missing. The manifest was stored if <see cref="ManifestToStore.MayLack"/> that, which it always may when nothing is.</returns>
    /// <exception cref="OciException">
    /// <see cref="OciError.PreconditionFailed"/>: <see cref="ManifestToStore.Condition"/> does not hold. <see cref="OciError.TagImmutable"/>: a tag
    /// names something else and a policy says that it stays.
    /// </exception>
    ValueTask<IReadOnlyList<Digest>> PutManifestAsync(ManifestToStore manifest, CancellationToken cancellationToken);

    ValueTask<StoredManifest?> FindManifestAsync(RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken);

    /// <summary>Notes when manifests were last pulled. Those that are not there are no error; a time that is known does not get earlier.</summary>
    ValueTask NotePullsAsync(IReadOnlyCollection<ManifestPull> pulls, CancellationToken cancellationToken);

    /// <summary>Puts a manifest and every tag on it into the trash, unless an index there needs it, or it is protected and the deletion not forced.</summary>
    /// <exception cref="OciException"><see cref="OciError.TagImmutable"/>: a policy says that one of its tags stays, and the deletion is not forced.</exception>
    ValueTask<RemoveResult> RemoveManifestAsync(RepositoryName repository, Digest digest, Deletion deletion, CancellationToken cancellationToken);

    /// <summary>Puts a tag into the trash; its manifest stays. <c>false</c> when there is no such tag.</summary>
    /// <exception cref="OciException"><see cref="OciError.TagImmutable"/>: a policy says that it stays, and the deletion is not forced.</exception>
    ValueTask<bool> RemoveTagAsync(RepositoryName repository, Tag tag, Deletion deletion, CancellationToken cancellationToken);

    /// <summary>
    /// Manifests of the repository whose subject is <paramref name="subject"/>, by digest, beginning after <paramref name="after"/>: as many as
    /// have <paramref name="maxBytes"/> bytes together, and one in any case.
    /// </summary>
    /// <param name="artifactType">Only those whose <see cref="Manifest.ReferrerType"/> this is; null for all.</param>
    ValueTask<StoredReferrers> ListReferrersAsync(
        RepositoryName repository, Digest subject, string? artifactType, Digest? after, int maxBytes, CancellationToken cancellationToken);

    // Lists

    /// <summary>At most <paramref name="limit"/> tags that sort after <paramref name="after"/>; <c>null</c> when there is no such repository.</summary>
    ValueTask<IReadOnlyList<Tag>?> ListTagsAsync(RepositoryName repository, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> repositories that sort after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesAsync(string? after, int limit, CancellationToken cancellationToken);
}

/// <summary>A manifest with everything its transaction writes.</summary>
/// <param name="Bytes">As received.</param>
/// <param name="Tags">Set to this manifest; may be empty.</param>
public sealed record ManifestToStore(
    RepositoryName Repository, Digest Digest, ReadOnlyMemory<byte> Bytes, Manifest Manifest, IReadOnlyList<Tag> Tags, DateTimeOffset Now)
{
    public SparseManifests Sparse { get; init; }

    /// <summary>What has to be so for the manifest to be stored; null for nothing.</summary>
    public ManifestCondition? Condition { get; init; }

    /// <summary>Whether it is stored although the repository has not what <paramref name="missing"/> names.</summary>
    /// <remarks>
    /// Sparse is what has a part here: an index one of its manifests, an image its config and one of its layers. Where nothing could be pulled,
    /// the push was wrong, whatever the setting.
    /// </remarks>
    public bool MayLack(IReadOnlyList<Digest> missing)
    {
        if (missing.Count == 0)
            return true;
        if (!(Sparse is SparseManifests.Accepted || (Sparse is SparseManifests.Indexes && Manifest.IsIndex)))
            return false;
        var absent = missing.ToHashSet(); // a manifest may name tens of thousands
        var parts = Manifest.IsIndex ? Manifest.Manifests : Manifest.Layers;
        return !(Manifest.Config is { } config && absent.Contains(config.Digest))
            && (parts.Count == 0 || parts.Any(part => !absent.Contains(part.Digest)));
    }
}

/// <summary>What is to be found under a reference when a manifest is stored, so that two writers do not overwrite each other.</summary>
/// <param name="Unchanged">True: one of <paramref name="Digests"/> is there. False: none of them is.</param>
/// <param name="Digests">Null for any manifest at all.</param>
public sealed record ManifestCondition(ManifestReference Reference, bool Unchanged, IReadOnlyList<Digest>? Digests)
{
    /// <param name="current">What the reference names now; null for nothing.</param>
    public bool Holds(Digest? current) =>
        (current is { } digest && (Digests is null || Digests.Contains(digest))) == Unchanged;
}

/// <param name="Bytes">As received.</param>
public sealed record StoredManifest(Digest Digest, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>Content that a repository is to show.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Upload">The session that brought it; null when there was none.</param>
public sealed record BlobLink(
    RepositoryName Repository, Digest Digest, long Size, UploadId? Upload, DateTimeOffset Now, DateTimeOffset LeaseUntil);

/// <summary>That a manifest was fetched without a login.</summary>
public readonly record struct ManifestPull(RepositoryName Repository, Digest Digest, DateTimeOffset At);

/// <param name="HasMore">Whether there are others after the last of these.</param>
public sealed record StoredReferrers(IReadOnlyList<StoredManifest> Manifests, bool HasMore);

public enum RemoveResult
{
    Removed,
    NotFound,

    /// <summary>Something in the repository still needs it; nothing was changed.</summary>
    Referenced,

    /// <summary>It is pinned, by name or by a management pack that refers to it; nothing was changed.</summary>
    Pinned,

    /// <summary>It was pulled not long ago; nothing was changed.</summary>
    PulledRecently,
}
