using System.Net;
using Berth.Oci;
using Berth.Registry.Manifests;
using Berth.Registry.Storage;
using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed partial class SqliteMetadataStoreTests
{
    private const int Pushers = 8;
    private const int Images = 30;

    [Fact]
    public async Task Pulls_are_written_down_while_others_come_and_are_taken_back()
    {
        await PushAsync(Here, "config", ["layer"], "v1");
        var pulls = new ManifestPulls(Store, TimeProvider.System);
        var digest = Digest.Of("another"u8);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var clients = Enumerable.Range(1, 2).Select(client => Task.Run(
            () =>
            {
                for (var i = 0; !ended.IsCancellationRequested; i = (i + 1) % 500)
                {
                    pulls.Add(Here, digest, new IPAddress((client << 24) | i));
                    pulls.Forget(Here, digest, new IPAddress((client << 24) | ((i + 250) % 500)));
                }
            },
            Cancel)).ToArray();

        for (var i = 0; i < 3000; i++)
            await pulls.FlushAsync(Cancel);

        await ended.CancelAsync();
        await Task.WhenAll(clients);
    }

    [Fact]
    public async Task Pushes_from_two_processes_at_once_end_where_one_after_the_other_would()
    {
        using var beside = Open(SqliteUse.Command);
        SqliteMetadataStore[] stores = [new(_database), new(beside)];
        await LinkAsync(There, "base");

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Pushers, CancellationToken = Cancel };
        await Parallel.ForAsync(0, Pushers, parallel, async (pusher, _) =>
        {
            for (var image = 0; image < Images; image++)
                await PushAllAsync(stores[pusher % 2], pusher, image);
        });

        Assert.Equal(Pushers * Images, (await Store.ListTagsAsync(Here, null, 1000, Cancel))!.Count(tag => tag != Latest));
        for (var pusher = 0; pusher < Pushers; pusher++)
        {
            for (var image = 0; image < Images; image++)
                Assert.Equal(ImageOf(pusher, image).Digest, (await FindAsync(Here, $"v{pusher}.{image}"))!.Digest);
        }

        Assert.Equal(
            (Pushers * Images) + Images + 1,
            _database.Read(session => session.FindNumber(
                "SELECT count(*) FROM repository_blob JOIN repository ON repository.id = repository_id WHERE name = 'packs/here'")));
        Assert.Equal(0, _database.Read(session => session.FindNumber("SELECT count(*) FROM upload_session")));
    }

    [Fact]
    public async Task A_reader_sees_all_of_a_push_or_nothing_while_it_is_made_and_removed()
    {
        await LinkAsync(Here, "base");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Task.Run(() => ReadUntilAsync(done.Token), Cancel);

        for (var i = 0; i < 300; i++)
        {
            var digest = await PushAsync(Here, "config", ["base"], "a", "b");
            Assert.Equal(RemoveResult.Removed, await Store.RemoveManifestAsync(Here, digest, Cancel));
        }

        await done.CancelAsync();
        Assert.True(await reading > 0);
    }

    private static Tag Latest { get; } = Tag.Parse("latest");

    private static ManifestToStore ImageOf(int pusher, int image) =>
        TestImage.Image(Here, Now, $"config {pusher} {image}", ["base", $"layer {image}"], $"v{pusher}.{image}", "latest");

    /// <summary>As a client pushes: a mount, a layer that all pushers share, a config of its own, and the manifest.</summary>
    private static async Task PushAllAsync(SqliteMetadataStore store, int pusher, int image)
    {
        var upload = UploadId.New();
        await store.AddUploadAsync(Here, upload, Now, Cancel);
        Assert.True(await store.MountBlobAsync(There, Here, TestImage.DigestOf("base"), Now, Lease, Cancel));
        await store.LinkBlobAsync(Here, TestImage.DigestOf($"layer {image}"), 7, null, Now, Lease, Cancel);
        await store.LinkBlobAsync(Here, TestImage.DigestOf($"config {pusher} {image}"), 9, upload, Now, Lease, Cancel);
        Assert.Empty(await store.PutManifestAsync(ImageOf(pusher, image), Cancel));
    }

    private async Task<int> ReadUntilAsync(CancellationToken done)
    {
        var reads = 0;
        while (!done.IsCancellationRequested)
        {
            var tags = await Store.ListTagsAsync(Here, null, 10, CancellationToken.None);
            Assert.True(tags!.Count is 0 or 2, $"{tags.Count} of 2 tags");
            reads++;
        }

        return reads;
    }
}
