using Berth.Registry.Collection;
using Berth.Registry.Storage;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Collection;

public sealed class UnusedBlobsTests : CollectionTest
{
    [Fact]
    public async Task Content_that_no_manifest_names_goes_into_the_trash_when_its_lease_is_over()
    {
        var stray = await PushBlobAsync(Here, "stray");
        await PushImageAsync(Here, "config", "layer", tag: null);
        PassGrace();

        var removed = await CollectAsync();

        Assert.Equal([RemovalKind.Link, RemovalKind.Blob], removed.Select(removal => removal.Kind));
        Assert.All(removed, removal => Assert.Equal(stray, removal.Digest));
        Assert.Equal((5, Here), (removed[1].Size, removed[0].Repository));
        Assert.Null(await Blobs.FindAsync(Here, stray, Cancel));
        Assert.True(IsInTrash(stray));
        Assert.Equal(6, await Blobs.FindAsync(Here, TestImage.DigestOf("config"), Cancel));
        Assert.Equal(5, await Blobs.FindAsync(Here, TestImage.DigestOf("layer"), Cancel));
    }

    [Fact]
    public async Task A_pusher_that_was_told_it_need_not_upload_finds_the_content_for_as_long_as_a_push_may_take()
    {
        var pushed = await PushBlobAsync(Here, "pushed");
        Time.Advance(Options.Grace - TimeSpan.FromSeconds(1));
        Assert.True(await Blobs.PromiseAsync(Here, pushed, Cancel));
        Time.Advance(Options.Grace - TimeSpan.FromSeconds(1));

        Assert.Empty(await CollectAsync());

        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEmpty(await CollectAsync());
        Assert.False(await Blobs.PromiseAsync(Here, pushed, Cancel));
    }

    [Fact]
    public async Task Content_that_another_repository_uses_goes_out_of_the_one_that_does_not()
    {
        await PushImageAsync(There, "config", "layer", tag: "v1");
        var layer = TestImage.DigestOf("layer");
        Assert.True(await Blobs.MountAsync(There, Here, layer, Cancel));
        PassGrace();

        var removed = Assert.Single(await CollectAsync());

        Assert.Equal((RemovalKind.Link, Here, layer), (removed.Kind, removed.Repository, removed.Digest));
        Assert.Null(await Blobs.FindAsync(Here, layer, Cancel));
        Assert.Equal(5, await Blobs.FindAsync(There, layer, Cancel));
        Assert.False(IsInTrash(layer));
    }

    [Fact]
    public async Task What_is_put_to_use_between_being_found_and_being_taken_stays()
    {
        await PushBlobAsync(Here, "config");
        await PushBlobAsync(Here, "layer");
        PassGrace();
        var step = new UnusedBlobs(Stores.Metadata, Stores.Blobs);
        var found = (await step.FindAsync(null, Time.GetUtcNow(), Cancel)).Found;
        Assert.Equal(4, found.Count);

        var image = TestImage.Image(Here, Time.GetUtcNow(), "config", ["layer"]);
        Assert.Empty(await Stores.Metadata.PutManifestAsync(image, Cancel));

        Assert.Empty(await step.RemoveAsync(found, Time.GetUtcNow(), Cancel));
        Assert.Equal(5, await Blobs.FindAsync(Here, TestImage.DigestOf("layer"), Cancel));
    }

    [Fact]
    public async Task A_push_of_what_lies_in_the_trash_brings_it_back()
    {
        var digest = await PushBlobAsync(Here, "again");
        PassGrace();
        await CollectAsync();

        await PushBlobAsync(There, "again");

        Assert.Equal(5, await Blobs.FindAsync(There, digest, Cancel));
        PassTrash();
        await PushBlobAsync(There, "again");
        Assert.Empty(await CollectAsync());
        Assert.Equal(5, await Blobs.FindAsync(There, digest, Cancel));
    }

    /// <summary>The file of a push is in its place before the row says so; a collection in between must not cost the pusher its content.</summary>
    [Fact]
    public async Task A_file_that_is_taken_away_between_its_rename_and_its_row_is_brought_back_by_the_row()
    {
        var digest = await PushBlobAsync(Here, "raced");
        PassGrace();
        var now = Time.GetUtcNow();
        var found = (await Stores.Metadata.FindUnusedBlobsAsync(null, now, Cancel)).Found;
        Assert.Equal(2, (await Stores.Metadata.TrashBlobsAsync(found, now, Cancel)).Count);
        await using (var upload = await Stores.Blobs.BeginUploadAsync(UploadId.New(), Cancel))
        {
            await upload.AppendAsync(new MemoryStream("raced"u8.ToArray()), Cancel);
            await upload.CommitAsync(digest, Cancel);
        }

        await Stores.Metadata.WhileTrashedAsync([digest], moved => Stores.Blobs.TrashAsync(moved, Cancel), Cancel);
        Assert.Null(await Stores.Blobs.FindSizeAsync(digest, Cancel));
        var link = new BlobLink(Here, digest, 5, null, now, now + Options.Grace);
        Assert.True(await Stores.Metadata.LinkBlobAsync(link, () => Stores.Blobs.RestoreAsync(digest, Cancel), Cancel));

        Assert.Equal(5, await Blobs.FindAsync(Here, digest, Cancel));
        await Stores.Metadata.WhileTrashedAsync([digest], moved => Stores.Blobs.TrashAsync(moved, Cancel), Cancel);
        Assert.Equal(5, await Blobs.FindAsync(Here, digest, Cancel));
    }

    [Fact]
    public async Task A_push_whose_file_is_gone_for_good_is_refused_and_leaves_nothing()
    {
        var digest = TestImage.DigestOf("never there");
        var link = new BlobLink(Here, digest, 11, null, Time.GetUtcNow(), Time.GetUtcNow() + Options.Grace);

        Assert.False(await Stores.Metadata.LinkBlobAsync(link, () => Stores.Blobs.RestoreAsync(digest, Cancel), Cancel));

        Assert.Null(await Stores.Metadata.FindBlobAsync(Here, digest, Cancel));
    }

    private void PassTrash() => Time.Advance(Options.Trash + TimeSpan.FromSeconds(1));
}
