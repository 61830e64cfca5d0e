using Berth.Registry.Collection;
using Berth.Registry.Storage;
using Berth.Registry.Tests.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Collection;

public sealed class ExpiredTrashTests : CollectionTest
{
    [Fact]
    public async Task Trash_is_kept_for_its_time_and_then_freed()
    {
        var digest = await PushBlobAsync(Here, "stray");
        PassGrace();
        await CollectAsync();
        Time.Advance(Options.Trash - TimeSpan.FromSeconds(1));
        Assert.Empty(await CollectAsync());
        Assert.True(IsInTrash(digest));

        Time.Advance(TimeSpan.FromSeconds(2));
        var purged = Assert.Single(await CollectAsync());

        Assert.True(purged is { Kind: RemovalKind.Blob, IsPurge: true, Size: 5 });
        Assert.Equal(digest, purged.Digest);
        Assert.DoesNotContain(Directory.EnumerateFiles(Stores.Directory.Trash, "*", SearchOption.AllDirectories), _ => true);
        Assert.Empty(await CollectAsync());
        await PushBlobAsync(Here, "stray");
        Assert.Equal(5, await Blobs.FindAsync(Here, digest, Cancel));
    }

    [Fact]
    public async Task A_file_that_a_crash_kept_from_the_trash_is_freed_with_its_row()
    {
        var digest = await PushBlobAsync(Here, "stray");
        PassGrace();
        var found = (await Stores.Metadata.FindUnusedBlobsAsync(null, Time.GetUtcNow(), Cancel)).Found;
        await Stores.Metadata.TrashBlobsAsync(found, Time.GetUtcNow(), Cancel);
        PassTrash();

        await CollectAsync();

        Assert.Null(await Stores.Blobs.FindSizeAsync(digest, Cancel));
        Assert.False(IsInTrash(digest));
    }

    [Fact]
    public async Task Nothing_leaves_the_trash_while_somebody_copies_the_store()
    {
        var digest = await PushBlobAsync(Here, "stray");
        PassGrace();
        await CollectAsync();
        PassTrash();
        await Stores.Upkeep.BeginAsync(SqliteUpkeepStore.Backup, Time.GetUtcNow(), Cancel);

        Assert.Empty(await CollectAsync());
        Assert.True(IsInTrash(digest));

        await Stores.Upkeep.EndAsync(SqliteUpkeepStore.Backup, null, null, Time.GetUtcNow(), Cancel);
        Assert.Single(await CollectAsync());
    }

    [Fact]
    public async Task A_backup_that_gave_no_sign_of_life_for_long_holds_up_nothing()
    {
        await PushBlobAsync(Here, "stray");
        PassGrace();
        await CollectAsync();
        await Stores.Upkeep.BeginAsync(SqliteUpkeepStore.Backup, Time.GetUtcNow(), Cancel);
        PassTrash();

        Assert.Single(await CollectAsync());
    }

    [Fact]
    public async Task A_deleted_manifest_lies_in_the_trash_with_its_tags_and_then_goes_with_its_content()
    {
        var image = await PushImageAsync(Here, "config", "layer", "v1");
        Assert.Equal(RemoveResult.Removed, await Stores.Metadata.RemoveManifestAsync(Here, image, Cancel));
        Assert.Equal(1, Rows("SELECT count(*) FROM trashed_manifest"));
        Assert.Equal(1, Rows("SELECT count(*) FROM removal WHERE kind = 'tag' AND tag = 'v1' AND part_of IS NOT NULL"));

        PassGrace();
        var now = await CollectAsync();
        PassTrash();
        var later = await CollectAsync();

        Assert.Equal(2, now.Count(removal => removal is { Kind: RemovalKind.Manifest or RemovalKind.Tag, IsPurge: true }));
        Assert.Equal(2, now.Count(removal => removal is { Kind: RemovalKind.Blob, IsPurge: false }));
        Assert.Equal(2, later.Count(removal => removal is { Kind: RemovalKind.Blob, IsPurge: true }));
        Assert.Equal(0, Rows("SELECT count(*) FROM trashed_manifest"));
        Assert.Equal(0, Rows("SELECT count(*) FROM blob"));
        Assert.Equal(4, Rows("SELECT count(*) FROM removal WHERE purged IS NOT NULL"));
    }

    private void PassTrash() => Time.Advance(Options.Trash + TimeSpan.FromSeconds(1));

    private long Rows(string sql) => Stores.Database.Read(session => session.FindNumber(sql)) ?? 0;
}
