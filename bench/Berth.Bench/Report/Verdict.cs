using Berth.Bench.Measuring;
using Berth.Bench.Servers;

namespace Berth.Bench.Report;

/// <summary>A target, and whether it was met.</summary>
internal sealed record Verdict(string Wanted, string Outcome)
{
    public static Verdict Of(Workload workload, Target target, Samples samples)
    {
        if (target.Against is not { } peer)
        {
            var value = Statistics.Median(samples.Of(workload, Peer.Berth).Select(sample => sample.Value));
            return new Verdict($"≤ {ResultTable.Number(target.Limit)} {workload.Unit}", Judge(target.Limit / value));
        }

        var ratio = samples.Ratio(workload, peer) ?? throw new BenchException($"{workload.Id} has a target, but was not measured");
        return new Verdict($"≥ {target.Limit:0.##} × {(peer is Peer.Nginx ? "nginx" : "distribution")}", Judge(ratio / target.Limit));
    }

    private static string Judge(double reached) => reached switch
    {
        >= 1 => "hit",
        >= 0.5 => $"miss by {1 / reached:0.00}",
        _ => $"**miss by {1 / reached:0.0}**",
    };
}
