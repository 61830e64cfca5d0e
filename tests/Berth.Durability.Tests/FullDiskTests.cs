using System.Net;
using System.Text;
using Berth.Durability.Tests.Running;
using Berth.Oci;
using Berth.Torture.Checks;
using Berth.Torture.Http;

namespace Berth.Durability.Tests;

/// <summary>The disk is full in the middle of each kind of write: the client hears it, nothing is lost, and when there is room again the server goes on.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Most = 100;
    private const HttpStatusCode Full = HttpStatusCode.InsufficientStorage;

    private readonly TinyDisk _disk = new("24m");
    private readonly byte[] _kept = TestContent.Bytes(100_000, 77);

    [Fact]
    public Task Begin_of_an_upload() => RefuseAsync(
        server => Task.CompletedTask,
        (server, _) => server.Pusher.SendAsync(HttpMethod.Post, $"/v2/{FaultServer.Repository}/blobs/uploads/"),
        (_, _) => Task.CompletedTask);

    [Fact]
    public async Task Bytes_of_an_upload()
    {
        var location = "";
        await RefuseAsync(
            async server => location = (await server.Pusher.SendAsync(HttpMethod.Post, $"/v2/{FaultServer.Repository}/blobs/uploads/")).Headers.Location!.ToString(),
            (server, number) => server.Pusher.SendAsync(HttpMethod.Patch, location, server.Pusher.Body(TestContent.Bytes(50_000, number))),
            (_, _) => Task.CompletedTask);
    }

    [Fact]
    public Task A_whole_blob() => RefuseAsync(
        server => Task.CompletedTask,
        (server, number) => server.PushAsync(TestContent.Bytes(10_000, number)),
        (server, number) => MustBeAsync(server, $"blobs/{Digest.Of(TestContent.Bytes(10_000, number))}", Digest.Of(TestContent.Bytes(10_000, number))));

    [Fact]
    public Task A_manifest() => RefuseAsync(
        server => Task.CompletedTask,
        (server, number) => server.PutAsync(TestContent.Manifest(number), $"{TestContent.Manifest(number).Digest}"),
        (server, number) => MustBeAsync(server, $"manifests/{TestContent.Manifest(number).Digest}", TestContent.Manifest(number).Digest));

    [Fact]
    public Task A_tag() => RefuseAsync(
        server => Task.CompletedTask,
        (server, number) => server.PutAsync(TestContent.Manifest(1), $"tag-{number}"),
        (server, number) => MustBeAsync(server, $"manifests/tag-{number}", TestContent.Manifest(1).Digest));

    [Fact]
    public Task Deleting_a_tag() => RefuseAsync(
        server => ForEachAsync(number => server.PutAsync(TestContent.Manifest(1), $"tag-{number}")),
        (server, number) => server.DeleteAsync($"manifests/tag-{number}"),
        (server, number) => MustBeAsync(server, $"manifests/tag-{number}", null));

    [Fact]
    public Task Deleting_a_manifest() => RefuseAsync(
        server => ForEachAsync(number => server.PutAsync(TestContent.Manifest(number), $"tag-{number}")),
        (server, number) => server.DeleteAsync($"manifests/{TestContent.Manifest(number).Digest}"),
        (server, number) => MustBeAsync(server, $"manifests/tag-{number}", null));

    [Fact]
    public Task Deleting_a_blob() => RefuseAsync(
        server => ForEachAsync(number => server.PushAsync(TestContent.Bytes(10, number))),
        (server, number) => server.DeleteAsync($"blobs/{Digest.Of(TestContent.Bytes(10, number))}"),
        (server, number) => MustBeAsync(server, $"blobs/{Digest.Of(TestContent.Bytes(10, number))}", null));

    public void Dispose() => _disk.Dispose();

    /// <summary>Does one kind of thing on a full disk until it is refused; what was not refused has to be so, then and after a kill.</summary>
    private async Task RefuseAsync(Func<FaultServer, Task> prepare, Func<FaultServer, int, Task<Answer>> act, Func<FaultServer, int, Task> mustBeDone)
    {
        var store = FaultServer.StoreIn(_disk.Root, FaultServer.Settings);
        var refused = 0;
        await using (var server = await FaultServer.StartAsync(store))
        {
            Assert.Equal(HttpStatusCode.Created, (await server.PushAsync(_kept)).Status);
            await prepare(server);
            // Leaves no log of SQLite's, which would have room in it for what comes.
            Assert.Equal(0, await server.Process.StopAsync(TestContext.Current.CancellationToken));
        }

        await using (var server = await FaultServer.StartAsync(store))
        {
            _disk.Fill();
            refused = await ActUntilRefusedAsync(server, act);
            await MustBeAsync(server, $"blobs/{Digest.Of(_kept)}", Digest.Of(_kept));

            _disk.Free();
            Assert.True((await act(server, refused)).Status < HttpStatusCode.BadRequest, "the server did not go on when there was room again");
            server.Process.Kill();
        }

        new StoreCheck(store.Data).Run(thorough: true);
        await using var again = await FaultServer.StartAsync(store);
        await MustBeAsync(again, $"blobs/{Digest.Of(_kept)}", Digest.Of(_kept));
        for (var number = 0; number <= refused; number++)
            await mustBeDone(again, number);
    }

    /// <summary>The last page of a file may have some room in it yet, so that not the first one is refused.</summary>
    private static async Task<int> ActUntilRefusedAsync(FaultServer server, Func<FaultServer, int, Task<Answer>> act)
    {
        for (var number = 0; number < Most; number++)
        {
            var answer = await act(server, number);
            if (answer.Status < HttpStatusCode.BadRequest)
                continue;
            Assert.True(answer.Status == Full, $"{answer.Asked}: {answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
            Assert.Contains("STORAGE_FULL", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
            return number;
        }

        throw new InvalidOperationException($"none of {Most} writes found the disk full");
    }

    private static async Task ForEachAsync(Func<int, Task<Answer>> act)
    {
        for (var number = 0; number < Most; number++)
            Assert.Equal(HttpStatusCode.Created, (await act(number)).Status);
    }

    private static async Task MustBeAsync(FaultServer server, string path, Digest? digest)
    {
        var answer = await server.GetAsync(path);
        Assert.True(
            digest is null ? answer.Status is HttpStatusCode.NotFound : answer.Status is HttpStatusCode.OK && Digest.Of(answer.Body) == digest,
            $"{path}: {answer.Status}");
    }
}
