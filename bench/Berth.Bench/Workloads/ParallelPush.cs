using Berth.Bench.Content;
using Berth.Bench.Measuring;
using Berth.Bench.Servers;

namespace Berth.Bench.Workloads;

/// <summary>Memory while many large blobs come in at once.</summary>
internal static class ParallelPush
{
    private const int Clients = 64;
    private const int Size = 100_000_000;

    private static readonly Lazy<BlobSet> Blobs = new(() => new BlobSet(41, Size, Clients));

    public static Workload Describe() => new(
        "memory-64x100m", $"peak memory under {Clients} parallel pushes of 100 MB", MemoryPeak.Unit,
        [Peer.Berth, Peer.Distribution], MeasureAsync)
    {
        LowerIsBetter = true,
        Targets = [new(null, 100)],
    };

    private static async Task<Sample> MeasureAsync(RunningServer server, CancellationToken cancellationToken)
    {
        await PushLoad.RunAsync(
            server, "bench/large", Clients, Blobs.Value.Blobs, (pusher, blob) => pusher.PushAsDockerAsync(blob), cancellationToken);
        return MemoryPeak.Of(server);
    }
}
