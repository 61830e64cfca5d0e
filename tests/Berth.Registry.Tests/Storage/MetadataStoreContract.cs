using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>One test for each line of the contract in <see cref="IMetadataStore"/>. Every backend inherits it.</summary>
public abstract partial class MetadataStoreContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    protected static DateTimeOffset Lease { get; } = Now.AddDays(1);

    protected static RepositoryName Here { get; } = RepositoryName.Parse("packs/here");

    protected static RepositoryName There { get; } = RepositoryName.Parse("packs/there");

    protected abstract IMetadataStore Store { get; }

    /// <summary>Ends the store and opens it again, as a new process does.</summary>
    protected abstract void Restart();

    /// <summary>Until when the blob is promised to be kept.</summary>
    protected abstract DateTimeOffset LeaseOf(RepositoryName repository, Digest digest);

    [Fact]
    public async Task An_upload_belongs_to_the_repository_it_was_begun_in()
    {
        var id = UploadId.New();

        await Store.AddUploadAsync(Here, id, Now, Cancel);

        Assert.True(await Store.HasUploadAsync(Here, id, Cancel));
        Assert.False(await Store.HasUploadAsync(There, id, Cancel));
        Assert.False(await Store.HasUploadAsync(Here, UploadId.New(), Cancel));
        Assert.Equal(Here, await Store.FindUploadRepositoryAsync(id, Cancel));
        Assert.Null(await Store.FindUploadRepositoryAsync(UploadId.New(), Cancel));
    }

    [Fact]
    public async Task A_removed_upload_is_gone_and_only_its_repository_removes_it()
    {
        var id = UploadId.New();
        await Store.AddUploadAsync(Here, id, Now, Cancel);
        await Store.AddUploadAsync(There, UploadId.New(), Now, Cancel);

        Assert.False(await Store.RemoveUploadAsync(There, id, Cancel));
        Assert.True(await Store.HasUploadAsync(Here, id, Cancel));
        Assert.True(await Store.RemoveUploadAsync(Here, id, Cancel));
        Assert.False(await Store.HasUploadAsync(Here, id, Cancel));
        Assert.False(await Store.RemoveUploadAsync(Here, id, Cancel));
    }

    [Fact]
    public async Task A_linked_blob_is_visible_in_its_repository_alone()
    {
        var blob = await LinkAsync(Here, "layer");

        Assert.Equal(5, await Store.FindBlobAsync(Here, blob, Cancel));
        Assert.Null(await Store.FindBlobAsync(There, blob, Cancel));
        Assert.Null(await Store.FindBlobAsync(Here, TestImage.DigestOf("other"), Cancel));
    }

    [Fact]
    public async Task The_repositories_that_have_a_blob_are_listed_by_name()
    {
        var blob = await LinkAsync(There, "layer");
        await LinkAsync(Here, "layer");
        await LinkAsync(RepositoryName.Parse("packs/other"), "other layer");

        Assert.Equal([Here, There], await Store.ListRepositoriesWithBlobAsync(blob, 10, Cancel));
        Assert.Equal([Here], await Store.ListRepositoriesWithBlobAsync(blob, 1, Cancel));
        Assert.Empty(await Store.ListRepositoriesWithBlobAsync(TestImage.DigestOf("unknown"), 10, Cancel));
    }

    [Fact]
    public async Task Linking_a_blob_ends_its_upload_and_no_other()
    {
        var (ended, open) = (UploadId.New(), UploadId.New());
        await Store.AddUploadAsync(Here, ended, Now, Cancel);
        await Store.AddUploadAsync(Here, open, Now, Cancel);

        await Store.LinkBlobAsync(Here, TestImage.DigestOf("layer"), 5, ended, Now, Lease, Cancel);

        Assert.False(await Store.HasUploadAsync(Here, ended, Cancel));
        Assert.True(await Store.HasUploadAsync(Here, open, Cancel));
    }

    [Fact]
    public async Task Linking_again_renews_the_lease_and_never_shortens_it()
    {
        var blob = await LinkAsync(Here, "layer");
        Assert.Equal(Lease, LeaseOf(Here, blob));

        await Store.LinkBlobAsync(Here, blob, 5, null, Now, Lease.AddHours(1), Cancel);
        Assert.Equal(Lease.AddHours(1), LeaseOf(Here, blob));

        await Store.LinkBlobAsync(Here, blob, 5, null, Now, Lease, Cancel);
        Assert.Equal(Lease.AddHours(1), LeaseOf(Here, blob));
    }

    [Fact]
    public async Task A_lease_grows_in_its_repository_alone_and_never_shrinks()
    {
        var blob = await LinkAsync(Here, "layer");
        await LinkAsync(There, "layer");

        await Store.LeaseBlobAsync(Here, blob, Lease.AddHours(2), Cancel);
        await Store.LeaseBlobAsync(Here, blob, Lease.AddHours(-2), Cancel);

        Assert.Equal(Lease.AddHours(2), LeaseOf(Here, blob));
        Assert.Equal(Lease, LeaseOf(There, blob));
    }

    [Fact]
    public async Task Leasing_a_missing_blob_is_no_error_and_makes_none()
    {
        await Store.LeaseBlobAsync(Here, TestImage.DigestOf("layer"), Lease, Cancel);

        Assert.Null(await Store.FindBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
        Assert.Empty(await Store.ListRepositoriesAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task A_mounted_blob_is_visible_in_both_repositories()
    {
        var blob = await LinkAsync(Here, "layer");

        Assert.True(await Store.MountBlobAsync(Here, There, blob, Now, Lease.AddHours(1), Cancel));

        Assert.Equal(5, await Store.FindBlobAsync(Here, blob, Cancel));
        Assert.Equal(5, await Store.FindBlobAsync(There, blob, Cancel));
        Assert.Equal(Lease, LeaseOf(Here, blob));
        Assert.Equal(Lease.AddHours(1), LeaseOf(There, blob));
    }

    [Fact]
    public async Task Nothing_is_mounted_from_a_repository_that_has_not_the_blob()
    {
        await LinkAsync(There, "layer");
        await LinkAsync(Here, "another");

        Assert.False(await Store.MountBlobAsync(Here, RepositoryName.Parse("new"), TestImage.DigestOf("layer"), Now, Lease, Cancel));
        Assert.False(await Store.MountBlobAsync(RepositoryName.Parse("unknown"), Here, TestImage.DigestOf("layer"), Now, Lease, Cancel));

        Assert.Equal([Here, There], await Store.ListRepositoriesAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task A_removed_blob_is_gone_from_its_repository_alone()
    {
        var blob = await LinkAsync(Here, "layer");
        await LinkAsync(There, "layer");

        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(Here, blob, Cancel));

        Assert.Null(await Store.FindBlobAsync(Here, blob, Cancel));
        Assert.Equal(5, await Store.FindBlobAsync(There, blob, Cancel));
        Assert.Equal(RemoveResult.NotFound, await Store.RemoveBlobAsync(Here, blob, Cancel));
        Assert.Equal(RemoveResult.NotFound, await Store.RemoveBlobAsync(RepositoryName.Parse("unknown"), blob, Cancel));
    }

    [Fact]
    public async Task A_blob_that_a_manifest_here_needs_is_not_removed()
    {
        await PushAsync(Here, "config", ["layer"]);
        await LinkAsync(There, "layer");

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("config"), Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(There, TestImage.DigestOf("layer"), Cancel));

        Assert.Equal(5, await Store.FindBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
    }

    [Fact]
    public async Task A_removed_blob_can_be_linked_again()
    {
        var blob = await LinkAsync(Here, "layer");
        await Store.RemoveBlobAsync(Here, blob, Cancel);

        await LinkAsync(Here, "layer");

        Assert.Equal(5, await Store.FindBlobAsync(Here, blob, Cancel));
    }

    protected async Task<Digest> LinkAsync(RepositoryName repository, string content)
    {
        await Store.LinkBlobAsync(repository, TestImage.DigestOf(content), content.Length, null, Now, Lease, Cancel);
        return TestImage.DigestOf(content);
    }

    /// <summary>Links what an image needs and puts its manifest.</summary>
    protected async Task<Digest> PushAsync(RepositoryName repository, string config, string[] layers, params string[] tags)
    {
        foreach (var blob in layers.Append(config))
            await LinkAsync(repository, blob);
        return await PutAsync(TestImage.Image(repository, Now, config, layers, tags));
    }

    protected async Task<Digest> PutAsync(ManifestToStore manifest)
    {
        Assert.Empty(await Store.PutManifestAsync(manifest, Cancel));
        return manifest.Digest;
    }

    protected ValueTask<StoredManifest?> FindAsync(RepositoryName repository, Digest digest) =>
        Store.FindManifestAsync(repository, ManifestReference.To(digest), Cancel);

    protected ValueTask<StoredManifest?> FindAsync(RepositoryName repository, string tag) =>
        Store.FindManifestAsync(repository, ManifestReference.To(Tag.Parse(tag)), Cancel);
}
