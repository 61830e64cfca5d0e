using Berth.Oci;
using Berth.Registry.Manifests;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

public abstract partial class MetadataStoreContract
{
    [Fact]
    public async Task A_sparse_manifest_is_stored_where_that_is_allowed_and_what_it_lacks_is_named()
    {
        await LinkAsync(Here, "config");
        var image = TestImage.Image(Here, Now, "config", ["config", "layer"], "v1") with { Sparse = SparseManifests.Accepted };

        Assert.Equal([TestImage.DigestOf("layer")], await Store.PutManifestAsync(image, Cancel));

        Assert.Equal(image.Digest, (await FindAsync(Here, "v1"))!.Digest);
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("config"), Cancel));
    }

    [Fact]
    public async Task Where_nothing_could_be_pulled_a_manifest_is_refused_and_everything_missing_is_named()
    {
        await LinkAsync(Here, "config");
        var withoutLayers = TestImage.Image(Here, Now, "config", ["one", "two"]) with { Sparse = SparseManifests.Accepted };
        var withoutConfig = TestImage.Image(Here, Now, "other", ["config"]) with { Sparse = SparseManifests.Accepted };
        var withoutChildren = TestImage.Index(Here, Now, [withoutLayers.Digest]) with { Sparse = SparseManifests.Accepted };

        Assert.Equal([TestImage.DigestOf("one"), TestImage.DigestOf("two")], await Store.PutManifestAsync(withoutLayers, Cancel));
        Assert.Equal([TestImage.DigestOf("other")], await Store.PutManifestAsync(withoutConfig, Cancel));
        Assert.Equal([withoutLayers.Digest], await Store.PutManifestAsync(withoutChildren, Cancel));
        foreach (var refused in new[] { withoutLayers, withoutConfig, withoutChildren })
            Assert.Null(await FindAsync(Here, refused.Digest));
    }

    [Theory]
    [InlineData(SparseManifests.Refused, false, false)]
    [InlineData(SparseManifests.Indexes, false, true)]
    [InlineData(SparseManifests.Accepted, true, true)]
    public async Task The_setting_says_what_may_be_sparse(SparseManifests setting, bool image, bool index)
    {
        var child = await PushAsync(Here, "config", []);
        var sparseImage = TestImage.Image(Here, Now, "config", ["config", "layer"]) with { Sparse = setting };
        var sparseIndex = TestImage.Index(Here, Now, [child, TestImage.DigestOf("layer")]) with { Sparse = setting };

        await Store.PutManifestAsync(sparseImage, Cancel);
        await Store.PutManifestAsync(sparseIndex, Cancel);

        Assert.Equal(image, await FindAsync(Here, sparseImage.Digest) is not null);
        Assert.Equal(index, await FindAsync(Here, sparseIndex.Digest) is not null);
    }

    [Fact]
    public async Task A_blob_that_arrives_is_kept_by_every_manifest_of_its_repository_that_named_it()
    {
        await LinkAsync(Here, "config");
        var image = TestImage.Image(Here, Now, "config", ["config", "layer"]) with { Sparse = SparseManifests.Accepted };
        var other = TestImage.Image(Here, Now, "config", ["config", "layer", "layer"]) with { Sparse = SparseManifests.Accepted };
        await Store.PutManifestAsync(image, Cancel);
        await Store.PutManifestAsync(other, Cancel);

        var layer = await LinkAsync(Here, "layer");
        await LinkAsync(There, "layer");

        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(There, layer, Cancel));
        foreach (var manifest in new[] { image, other })
        {
            Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, layer, Cancel));
            Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, manifest.Digest, Cancel));
        }

        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(Here, layer, Cancel));
    }

    [Fact]
    public async Task A_mounted_blob_has_arrived_too()
    {
        var layer = await LinkAsync(There, "layer");
        await LinkAsync(Here, "config");
        await Store.PutManifestAsync(TestImage.Image(Here, Now, "config", ["config", "layer"]) with { Sparse = SparseManifests.Accepted }, Cancel);

        Assert.True(await Store.MountBlobAsync(There, Here, layer, Now, Lease, Cancel));

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, layer, Cancel));
    }

    [Fact]
    public async Task A_manifest_that_arrives_is_kept_by_the_index_that_listed_it()
    {
        await LinkAsync(Here, "config");
        var child = TestImage.Image(Here, Now, "config", []);
        var other = await PushAsync(Here, "config", ["config"]);
        var index = TestImage.Index(Here, Now, [child.Digest, other]) with { Sparse = SparseManifests.Accepted };
        Assert.Equal([child.Digest], await Store.PutManifestAsync(index, Cancel));

        await PutAsync(child);

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child.Digest, Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, index.Digest, Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, child.Digest, Cancel));
    }

    [Fact]
    public async Task A_layer_that_may_live_elsewhere_is_kept_when_it_arrives_after_its_manifest()
    {
        const string ForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        await LinkAsync(Here, "config");
        var layer = TestImage.Blob("away", ForeignLayer, ""","urls":["https://layers.example/1"]""");
        await PutAsync(TestImage.ToStore(Here, Now, $$"""{"schemaVersion":2,"config":{{TestImage.Blob("config")}},"layers":[{{layer}}]}"""));

        var arrived = await LinkAsync(Here, "away");

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, arrived, Cancel));
    }

    [Fact]
    public async Task A_manifest_that_was_removed_waits_for_nothing()
    {
        await LinkAsync(Here, "config");
        var image = TestImage.Image(Here, Now, "config", ["config", "layer"]) with { Sparse = SparseManifests.Accepted };
        await Store.PutManifestAsync(image, Cancel);
        await Store.RemoveManifestAsync(Here, image.Digest, Cancel);

        var layer = await LinkAsync(Here, "layer");

        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(Here, layer, Cancel));
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_stores_nothing()
    {
        await LinkAsync(Here, "config");
        var image = TestImage.Image(Here, Now, "config", [], "v1");
        var reference = ManifestReference.To(Tag.Parse("v1"));

        var refused = await Assert.ThrowsAsync<OciException>(async () =>
            await Store.PutManifestAsync(image with { Condition = new ManifestCondition(reference, true, null) }, Cancel));

        Assert.Same(OciError.PreconditionFailed, refused.Error);
        Assert.Null(await FindAsync(Here, image.Digest));
        await PutAsync(image with { Condition = new ManifestCondition(reference, false, null) });
        Assert.NotNull(await FindAsync(Here, "v1"));
    }
}
