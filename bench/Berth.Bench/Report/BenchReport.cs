using System.Text;

namespace Berth.Bench.Report;

internal static class BenchReport
{
    public static string Make(BenchOptions options, BenchRun run)
    {
        var table = new ResultTable(run.All, run.Samples);
        var report = new StringBuilder();
        report.AppendLine(MachineFacts.Describe(options.Work)).AppendLine();
        report.AppendLine(Versions.Describe(options.BerthFile)).AppendLine();
        report.AppendLine($"Rounds: {run.Rounds}, of which these are the medians. Ratios of more than 1 are in Berth's favour.").AppendLine();
        report.Append(table.Results());
        report.AppendLine().Append(table.Details());
        return report.ToString();
    }
}
