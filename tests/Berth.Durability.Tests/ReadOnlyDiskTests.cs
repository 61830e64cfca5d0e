using System.Net;
using Berth.Durability.Tests.Running;
using Berth.Oci;
using Berth.Torture;
using Berth.Torture.PowerLoss;

namespace Berth.Durability.Tests;

public sealed class ReadOnlyDiskTests
{
    private static readonly byte[] Content = TestContent.Bytes(1000);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_on_a_read_only_disk_refuses_to_start_and_says_why()
    {
        using var disk = new TinyDisk("16m");
        var store = FaultServer.StoreIn(disk.Root, FaultServer.Settings);
        using var log = new ScratchDirectory();
        await using (var first = await FaultServer.StartAsync(store))
        {
            await first.PushAsync(Content);
            Assert.Equal(0, await first.Process.StopAsync(Cancelled));
        }

        disk.Remount("ro");
        var refused = await Assert.ThrowsAsync<Violation>(
            async () => await Torture.Servers.BerthProcess.StartAsync(store.Data, log.File("log"), store.Settings, Cancelled));

        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
        disk.Remount("rw");
        await using var again = await FaultServer.StartAsync(store);
        Assert.Equal(Content, (await again.GetAsync($"blobs/{Digest.Of(Content)}")).Body);
    }

    [Fact]
    public async Task A_disk_that_becomes_read_only_is_read_on_and_written_again_when_it_can_be()
    {
        using var scratch = new ScratchDirectory();
        var library = await RecordLibrary.BuildAsync(scratch.FullName, Cancelled);
        var control = Directory.CreateDirectory(scratch.File("control")).FullName;
        var settings = library.Failing(FaultServer.Settings, scratch.File("store/data"), control);
        await using var server = await FaultServer.StartAsync(FaultServer.StoreIn(scratch.File("store"), settings));
        await server.PushAsync(Content);
        await File.WriteAllTextAsync(Path.Combine(control, "READ-ONLY"), "", Cancelled);

        Assert.InRange((int)(await server.PushAsync(TestContent.Bytes(500, 1))).Status, 500, 599);
        Assert.InRange((int)(await server.PutAsync(TestContent.Manifest(1), "tag")).Status, 500, 599);
        Assert.InRange((int)(await server.DeleteAsync($"blobs/{Digest.Of(Content)}")).Status, 500, 599);
        Assert.Equal(Content, (await server.GetAsync($"blobs/{Digest.Of(Content)}")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("manifests/tag")).Status);

        File.Delete(Path.Combine(control, "READ-ONLY"));
        Assert.Equal(HttpStatusCode.Created, (await server.PushAsync(TestContent.Bytes(500, 1))).Status);
        Assert.Equal(HttpStatusCode.Created, (await server.PutAsync(TestContent.Manifest(1), "tag")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await server.DeleteAsync($"blobs/{Digest.Of(Content)}")).Status);
    }
}
