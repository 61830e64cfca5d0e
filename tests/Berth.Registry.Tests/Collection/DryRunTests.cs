using Berth.Registry.Tests.Storage;
using Berth.Server.Collection;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Collection;

public sealed class DryRunTests : CollectionTest
{
    [Fact]
    public async Task A_dry_run_shows_what_a_run_takes_away_and_changes_nothing()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 6; round++)
        {
            await DoSomethingAsync(random);
            Time.Advance(TimeSpan.FromHours(random.Next(1, 90)));

            var would = await DryRunAsync();

            Assert.Equal(would, await DryRunAsync());
            Assert.Equal(would, await CollectAsync());
        }
    }

    [Fact]
    public async Task More_than_one_page_and_one_batch_are_collected_whole()
    {
        for (var i = 0; i < 150; i++)
            await PushBlobAsync(Here, $"stray {i}");
        PassGrace();

        Assert.Equal(300, (await CollectAsync()).Count);

        Assert.Equal(150, Directory.EnumerateFiles(Stores.Directory.Trash, "*", SearchOption.AllDirectories).Count());
        Assert.Empty(await DryRunAsync());
    }

    [Fact]
    public async Task A_second_collection_is_turned_away_while_one_is_under_way()
    {
        await PushBlobAsync(Here, "one");
        await PushBlobAsync(Here, "two");
        PassGrace();
        await using var first = Collection.RunAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await first.MoveNextAsync());

        await Assert.ThrowsAsync<CollectionBusyException>(CollectAsync);

        await first.DisposeAsync();
        Assert.Equal("it was broken off", Stores.Upkeep.Find(SqliteUpkeepStore.Collection)!.Problem);
        await CollectAsync();
        Assert.True(Stores.Upkeep.Find(SqliteUpkeepStore.Collection) is { Problem: null, Finished: not null });
    }

    private async Task DoSomethingAsync(Random random)
    {
        for (var i = 0; i < 30; i++)
        {
            var repository = random.Next(2) == 0 ? Here : There;
            var name = random.Next(40);
            if (random.Next(3) == 0)
                await PushImageAsync(repository, $"config {name}", $"layer {name % 7}", random.Next(2) == 0 ? $"v{name % 5}" : null);
            else if (random.Next(2) == 0)
                await PushBlobAsync(repository, $"layer {name % 7}");
            else
                await Stores.Metadata.RemoveManifestAsync(repository, Manifest(repository, name), Cancel);
        }
    }

    private Oci.Digest Manifest(Oci.RepositoryName repository, int name) =>
        TestImage.Image(repository, Time.GetUtcNow(), $"config {name}", [$"layer {name % 7}"]).Digest;
}
