using System.Diagnostics;
using Berth.Bench.Measuring;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;

namespace Berth.Bench.Workloads;

/// <summary>From the start of the process to its first answer with a manifest in it.</summary>
internal static class StartUp
{
    public const string Id = "start";

    public static Workload Describe() => new(
        Id, "start with 1,000,000 manifests in the store (distribution: with one), to the first manifest served", "ms",
        [Peer.Berth, Peer.Distribution],
        (_, _) => throw new InvalidOperationException("measured without a running server")) { LowerIsBetter = true, Targets = [new(null, 500)] };

    public static async Task<Sample> MeasureAsync(Peer peer, ServerSettings settings, CancellationToken cancellationToken)
    {
        var path = peer is Peer.Berth ? LargeStore.AnyManifestPath : SeededContent.ManifestPath(SeededContent.Tag);
        var began = Stopwatch.GetTimestamp();
        await using var server = ServerStart.Start(peer, settings with { Tls = null });
        await ServerStart.WaitAsync(server, path, cancellationToken);
        return new Sample(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
}
