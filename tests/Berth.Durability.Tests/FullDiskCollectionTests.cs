using System.Net;
using Berth.Durability.Tests.Running;
using Berth.Oci;
using Berth.Torture;
using Berth.Torture.Checks;
using Berth.Torture.Servers;

namespace Berth.Durability.Tests;

/// <summary>Collection on a full disk: it cannot write down what it takes, so it takes nothing, or what it wrote down.</summary>
public sealed class FullDiskCollectionTests : IDisposable
{
    private const int Blobs = 200;

    private readonly TinyDisk _disk = new("24m");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collection_that_finds_no_room_loses_nothing_and_the_next_one_goes_on()
    {
        var store = FaultServer.StoreIn(_disk.Root, FaultServer.Settings);
        await using var server = await FaultServer.StartAsync(store);
        for (var number = 0; number < Blobs; number++)
        {
            await server.PushAsync(TestContent.Bytes(10, number));
            if (number % 2 == 0)
                await server.DeleteAsync($"blobs/{Digest.Of(TestContent.Bytes(10, number))}");
        }

        _disk.Fill();
        var failure = await Record.ExceptionAsync(() => CollectAsync(store.Data));

        Assert.True(failure is null or Violation, $"{failure}");
        await CheckAsync(server);
        new StoreCheck(store.Data).Run(thorough: false);
        _disk.Free();
        await CollectAsync(store.Data);
        await CheckAsync(server);
        Assert.False(File.Exists(server.FileOf(Digest.Of(TestContent.Bytes(10, 0)))), "what nobody needs was not collected when there was room again");
    }

    public void Dispose() => _disk.Dispose();

    private static async Task CollectAsync(string data)
    {
        await using var collection = CommandProcess.Launch(data, FaultServer.Settings, "gc");
        await collection.WaitForExitAsync(Cancelled);
    }

    private static async Task CheckAsync(FaultServer server)
    {
        for (var number = 0; number < Blobs; number++)
        {
            var answer = await server.GetAsync($"blobs/{Digest.Of(TestContent.Bytes(10, number))}");
            Assert.Equal(number % 2 == 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.Status);
        }
    }
}
