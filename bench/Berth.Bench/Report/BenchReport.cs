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
        report.AppendLine($"Medians of {options.Rounds} rounds; ratios are made in each round and are medians too, more than 1 is in Berth's favour.").AppendLine();
        report.Append(table.Results());
        report.AppendLine().Append(table.Details());
        return report.ToString();
    }
}
