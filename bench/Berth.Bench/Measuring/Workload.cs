using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <param name="Id">What ONLY chooses by.</param>
/// <param name="Unit">Of a sample's value.</param>
internal sealed record Workload(
    string Id, string Title, string Unit, Peer[] Peers, Func<RunningServer, CancellationToken, Task<Sample>> MeasureAsync)
{
    public bool LowerIsBetter { get; init; }

    public Target[] Targets { get; init; } = [];
}
