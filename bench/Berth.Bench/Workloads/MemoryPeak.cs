using Berth.Bench.Measuring;
using Berth.Bench.Servers;

namespace Berth.Bench.Workloads;

internal static class MemoryPeak
{
    public const string Unit = "MB";

    public static Workload Workload(string id, string title) => new(
        id, title, Unit, [Peer.Berth, Peer.Distribution], (server, _) => Task.FromResult(Of(server))) { LowerIsBetter = true };

    public static Sample Of(RunningServer server) => new(server.PeakMemory / 1e6);
}
