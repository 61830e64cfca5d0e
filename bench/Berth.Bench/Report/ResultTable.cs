using System.Globalization;
using System.Text;
using Berth.Bench.Measuring;
using Berth.Bench.Servers;

namespace Berth.Bench.Report;

/// <summary>The results as Markdown: medians, ratios, and what the budget wants.</summary>
internal sealed class ResultTable(IReadOnlyList<Workload> workloads, Samples samples)
{
    public string Results()
    {
        var table = new StringBuilder();
        table.AppendLine("| workload | unit | Berth | distribution | nginx | Berth to distribution | Berth to nginx | target | |");
        table.AppendLine("|---|---|---:|---:|---:|---:|---:|---|---|");
        foreach (var workload in workloads)
        {
            var verdicts = workload.Targets.Select(target => Verdict.Of(workload, target, samples)).ToArray();
            table.AppendLine(Row(
                workload.Title, workload.Unit, Value(workload, Peer.Berth), Value(workload, Peer.Distribution), Value(workload, Peer.Nginx),
                Ratio(workload, Peer.Distribution), Ratio(workload, Peer.Nginx),
                string.Join(", ", verdicts.Select(verdict => verdict.Wanted)), string.Join(", ", verdicts.Select(verdict => verdict.Outcome))));
        }

        return table.ToString();
    }

    /// <summary>What the medians hide: the slowest, and the work behind each request.</summary>
    public string Details()
    {
        var table = new StringBuilder();
        table.AppendLine("| workload | p99, ms: Berth | distribution | nginx | server's CPU each, µs: Berth | distribution | nginx |");
        table.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var workload in workloads.Where(workload => samples.Of(workload, Peer.Berth).Any(sample => sample.ServerCpu is not null)))
        {
            table.AppendLine(Row(
            [
                workload.Title,
                .. Enum.GetValues<Peer>().Select(peer => Number(Statistics.Median(samples.Of(workload, peer).Select(sample => sample.P99)))),
                .. Enum.GetValues<Peer>().Select(peer => Number(Statistics.Median(samples.Of(workload, peer).Select(sample => sample.ServerCpu)))),
            ]));
        }

        return table.ToString();
    }

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";

    private string Value(Workload workload, Peer peer) =>
        samples.Of(workload, peer) is { Count: > 0 } some ? Number(Statistics.Median(some.Select(sample => sample.Value))) : "";

    private string Ratio(Workload workload, Peer against) =>
        samples.Ratio(workload, against) is { } ratio ? $"{Number(ratio)} ×" : "";

    internal static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("#,##0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
