using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

public abstract partial class MetadataStoreContract
{
    [Fact]
    public async Task Manifest_bytes_come_back_exactly_as_they_were_given()
    {
        await LinkAsync(Here, "config");
        var odd = TestImage.ToStore(
            Here, Now, $$"""  {"config" : {{TestImage.Blob("config")}},"layers":[], "schemaVersion":2, "unknown": "\u00e9é"}  """, "v1");
        await PutAsync(odd);

        var byTag = await FindAsync(Here, "v1");
        var byDigest = await FindAsync(Here, odd.Digest);

        Assert.Equal(odd.Bytes.ToArray(), byTag!.Bytes.ToArray());
        Assert.Equal(odd.Bytes.ToArray(), byDigest!.Bytes.ToArray());
        Assert.Equal((odd.Digest, MediaTypes.OciManifest), (byTag.Digest, byTag.MediaType));
    }

    [Fact]
    public async Task A_manifest_is_visible_in_its_repository_alone()
    {
        var digest = await PushAsync(Here, "config", ["layer"], "v1");
        await LinkAsync(There, "layer");

        Assert.Null(await FindAsync(There, digest));
        Assert.Null(await FindAsync(There, "v1"));
        Assert.Null(await FindAsync(Here, "v2"));
        Assert.Null(await FindAsync(Here, TestImage.DigestOf("layer")));
        Assert.Null(await FindAsync(RepositoryName.Parse("unknown"), digest));
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_once_and_nothing_is_written()
    {
        await LinkAsync(Here, "present");
        await LinkAsync(There, "elsewhere");
        var image = TestImage.Image(Here, Now, "config", ["present", "elsewhere", "layer", "layer"], "v1");

        var missing = await Store.PutManifestAsync(image, Cancel);

        Assert.Equal([TestImage.DigestOf("config"), TestImage.DigestOf("elsewhere"), TestImage.DigestOf("layer")], missing);
        Assert.Null(await FindAsync(Here, image.Digest));
        Assert.Null(await FindAsync(Here, "v1"));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("present"), Cancel));
    }

    [Fact]
    public async Task A_refused_manifest_makes_no_repository()
    {
        Assert.Single(await Store.PutManifestAsync(TestImage.Image(Here, Now, "config", []), Cancel));

        Assert.Empty(await Store.ListRepositoriesAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task A_layer_named_twice_is_stored()
    {
        var digest = await PushAsync(Here, "config", ["layer", "layer"]);

        Assert.NotNull(await FindAsync(Here, digest));
    }

    [Fact]
    public async Task A_layer_that_may_live_elsewhere_is_not_asked_for_but_kept_when_it_is_here()
    {
        const string ForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        const string Urls = ""","urls":["https://layers.example/1"]""";
        await LinkAsync(Here, "config");
        await LinkAsync(Here, "here");
        var json = $$"""
            {"schemaVersion":2,"config":{{TestImage.Blob("config")}},
             "layers":[{{TestImage.Blob("away", ForeignLayer, Urls)}},{{TestImage.Blob("here", ForeignLayer, Urls)}}]}
            """;

        await PutAsync(TestImage.ToStore(Here, Now, json));

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("here"), Cancel));
    }

    [Fact]
    public async Task An_index_needs_its_children_in_the_repository()
    {
        var child = await PushAsync(There, "config", ["layer"]);

        Assert.Equal([child], await Store.PutManifestAsync(TestImage.Index(Here, Now, [child], "v1"), Cancel));
        Assert.Null(await FindAsync(Here, "v1"));

        await PushAsync(Here, "config", ["layer"]);
        var index = await PutAsync(TestImage.Index(Here, Now, [child], "v1"));
        Assert.Equal(index, (await FindAsync(Here, "v1"))!.Digest);
        Assert.Equal(MediaTypes.OciIndex, (await FindAsync(Here, index))!.MediaType);
    }

    [Fact]
    public async Task A_blob_is_no_child_of_an_index()
    {
        var blob = await LinkAsync(Here, "layer");

        Assert.Equal([blob], await Store.PutManifestAsync(TestImage.Index(Here, Now, [blob]), Cancel));
    }

    [Fact]
    public async Task A_subject_may_be_missing()
    {
        await LinkAsync(Here, "config");
        var subject = TestImage.Blob("later", MediaTypes.OciManifest);
        var json = $$"""{"schemaVersion":2,"config":{{TestImage.Blob("config")}},"layers":[],"subject":{{subject}}}""";

        var digest = await PutAsync(TestImage.ToStore(Here, Now, json));

        Assert.NotNull(await FindAsync(Here, digest));
    }

    [Fact]
    public async Task A_tag_moves_to_the_manifest_that_was_put_last_with_it()
    {
        var first = await PushAsync(Here, "config 1", [], "v1", "latest");
        var second = await PushAsync(Here, "config 2", [], "v2", "latest");

        Assert.Equal(first, (await FindAsync(Here, "v1"))!.Digest);
        Assert.Equal(second, (await FindAsync(Here, "latest"))!.Digest);

        await PushAsync(Here, "config 1", [], "latest");
        Assert.Equal(first, (await FindAsync(Here, "latest"))!.Digest);
        Assert.Equal(second, (await FindAsync(Here, "v2"))!.Digest);
    }

    [Fact]
    public async Task A_removed_tag_leaves_its_manifest_and_the_other_tags()
    {
        var digest = await PushAsync(Here, "config", [], "v1", "latest");

        Assert.True(await Store.RemoveTagAsync(Here, Tag.Parse("latest"), Cancel));

        Assert.Null(await FindAsync(Here, "latest"));
        Assert.Equal(digest, (await FindAsync(Here, "v1"))!.Digest);
        Assert.NotNull(await FindAsync(Here, digest));
        Assert.False(await Store.RemoveTagAsync(Here, Tag.Parse("latest"), Cancel));
        Assert.False(await Store.RemoveTagAsync(There, Tag.Parse("v1"), Cancel));
    }

    [Fact]
    public async Task A_removed_manifest_takes_its_tags_along_and_lets_its_blobs_go()
    {
        var removed = await PushAsync(Here, "config 1", ["layer", "shared"], "v1", "latest");
        await PushAsync(Here, "config 2", ["shared"], "v2");

        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, removed, Cancel));

        Assert.Null(await FindAsync(Here, removed));
        Assert.Equal([Tag.Parse("v2")], await Store.ListTagsAsync(Here, null, 10, Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("shared"), Cancel));
        Assert.Equal(RemoveResult.NotFound, await Store.RemoveManifestAsync(Here, removed, Cancel));
        Assert.Equal(RemoveResult.NotFound, await Store.RemoveManifestAsync(There, removed, Cancel));
    }

    [Fact]
    public async Task A_manifest_that_an_index_here_needs_is_not_removed()
    {
        var child = await PushAsync(Here, "config", ["layer"], "child");
        var index = await PutAsync(TestImage.Index(Here, Now, [child]));
        await PushAsync(There, "config", ["layer"]);

        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child, Cancel));
        Assert.Equal(child, (await FindAsync(Here, "child"))!.Digest);
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(There, child, Cancel));

        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, index, Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, child, Cancel));
    }

    [Fact]
    public async Task An_image_that_a_management_pack_here_names_is_not_removed_before_the_pack()
    {
        var image = await PushAsync(Here, "config", ["layer"], "v1");
        await PushAsync(There, "config", ["layer"]);
        await PutAsync(TestImage.Referrer(Here, Now, image, "application/example"));
        var pack = await PutAsync(TestImage.Referrer(Here, Now, image, MediaTypes.ManagementPack));

        Assert.Equal(RemoveResult.Pinned, await Store.RemoveManifestAsync(Here, image, Cancel));
        Assert.Equal(image, (await FindAsync(Here, "v1"))!.Digest);
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(There, image, Cancel));

        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, pack, Cancel));
        Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, image, Cancel));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        var upload = UploadId.New();
        await Store.AddUploadAsync(There, upload, Now, Cancel);
        var child = await PushAsync(Here, "config", ["layer"], "v1");
        var index = await PutAsync(TestImage.Index(Here, Now, [child], "multi"));

        Restart();

        Assert.True(await Store.HasUploadAsync(There, upload, Cancel));
        Assert.Equal([Here, There], await Store.ListRepositoriesAsync(null, 10, Cancel));
        Assert.Equal(child, (await FindAsync(Here, "v1"))!.Digest);
        Assert.Equal(index, (await FindAsync(Here, "multi"))!.Digest);
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveManifestAsync(Here, child, Cancel));
        Assert.Equal(RemoveResult.Referenced, await Store.RemoveBlobAsync(Here, TestImage.DigestOf("layer"), Cancel));
        Assert.Equal(Lease, LeaseOf(Here, TestImage.DigestOf("layer")));
    }
}
