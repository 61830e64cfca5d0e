using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>Calls as most tests make them: content is there, and it does not matter who deletes.</summary>
internal static class MetadataStoreShortcuts
{
    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);

    public static async Task LinkBlobAsync(
        this IMetadataStore store, RepositoryName repository, Digest digest, long size, UploadId? upload, DateTimeOffset now, DateTimeOffset leaseUntil,
        CancellationToken cancellationToken) =>
        Assert.True(await store.LinkBlobAsync(
            new BlobLink(repository, digest, size, upload, now, leaseUntil), () => ValueTask.FromResult(true), cancellationToken));

    public static ValueTask<bool> LeaseBlobAsync(
        this IMetadataStore store, RepositoryName repository, Digest digest, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        store.LeaseBlobAsync(repository, digest, leaseUntil - Grain, leaseUntil, cancellationToken);

    public static ValueTask<RemoveResult> RemoveManifestAsync(
        this IMetadataStore store, RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        store.RemoveManifestAsync(repository, digest, Somebody, cancellationToken);

    public static ValueTask<bool> RemoveTagAsync(
        this IMetadataStore store, RepositoryName repository, Tag tag, CancellationToken cancellationToken) =>
        store.RemoveTagAsync(repository, tag, Somebody, cancellationToken);

    private static Deletion Somebody => new("somebody", "a test", DateTimeOffset.UnixEpoch);
}
