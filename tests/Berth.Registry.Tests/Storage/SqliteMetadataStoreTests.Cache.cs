using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>What was read is kept in memory, and nobody can tell.</summary>
public sealed partial class SqliteMetadataStoreTests
{
    [Fact]
    public async Task Every_read_that_begins_after_a_tag_moved_finds_where_it_moved_to()
    {
        await LinkAsync(Here, "base");
        Digest[] digests = [await PushAsync(Here, "one", ["base"]), await PushAsync(Here, "two", ["base"])];
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() => ReadTagAsync(done.Token), Cancel)).ToArray();

        for (var i = 0; i < 500; i++)
        {
            await PushAsync(Here, i % 2 == 0 ? "one" : "two", ["base"], "moving");
            Assert.Equal(digests[i % 2], (await FindAsync(Here, "moving"))!.Digest);
        }

        await done.CancelAsync();
        Assert.True((await Task.WhenAll(readers)).Sum() > 0);
    }

    [Fact]
    public async Task What_was_read_is_not_found_once_it_is_removed()
    {
        for (var i = 0; i < 100; i++)
        {
            var digest = await PushAsync(Here, "config", ["layer"], "v1");
            Assert.NotNull(await FindAsync(Here, digest));
            Assert.NotNull(await FindAsync(Here, "v1"));

            await Store.RemoveManifestAsync(Here, digest, Cancel);

            Assert.Null(await FindAsync(Here, digest));
            Assert.Null(await FindAsync(Here, "v1"));
        }
    }

    [Fact]
    public async Task What_another_process_did_is_seen_within_the_interval_of_the_watch()
    {
        using var beside = Open(SqliteUse.Command);
        var digest = await PushAsync(Here, "config", ["layer"], "v1");
        Assert.NotNull(await FindAsync(Here, "v1"));
        var limit = TimeProvider.System.GetUtcNow() + SqliteWatch.Interval + TimeSpan.FromSeconds(5);

        await new SqliteMetadataStore(beside).RemoveManifestAsync(Here, digest, Cancel);

        while (await FindAsync(Here, "v1") is not null)
            Assert.True(TimeProvider.System.GetUtcNow() < limit, "a tag that another process removed is still served");
    }

    [Fact]
    public async Task More_than_fits_into_memory_is_read_all_the_same()
    {
        var padding = new string('x', 3_000_000);
        var digests = new List<Digest>();
        for (var i = 0; i < 8; i++)
            digests.Add(await PutAsync(TestImage.ToStore(Here, Now, $$"""{"schemaVersion":2,"manifests":[],"padding":"{{i}}{{padding}}"}""")));

        for (var round = 0; round < 3; round++)
        {
            foreach (var digest in digests)
                Assert.Equal(digest, Digest.Of((await FindAsync(Here, digest))!.Bytes.Span));
        }
    }

    [Fact]
    public async Task A_lease_that_has_grown_within_the_hour_is_not_written_again()
    {
        var blob = await LinkAsync(Here, "layer");
        var before = _database.Version;

        await Store.LeaseBlobAsync(Here, blob, Lease.AddMinutes(59), Cancel);
        Assert.Equal(before, _database.Version);

        await Store.LeaseBlobAsync(Here, blob, Lease.AddMinutes(61), Cancel);
        Assert.NotEqual(before, _database.Version);
    }

    private async Task<int> ReadTagAsync(CancellationToken until)
    {
        var reads = 0;
        for (; !until.IsCancellationRequested; reads++)
            await FindAsync(Here, "moving");
        return reads;
    }
}
