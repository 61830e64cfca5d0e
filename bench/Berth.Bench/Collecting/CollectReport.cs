using System.Globalization;
using System.Text;
using Berth.Bench.Measuring;
using Berth.Bench.Report;

namespace Berth.Bench.Collecting;

/// <summary>How long requests took in each phase, and whether any took longer than is allowed.</summary>
internal static class CollectReport
{
    private const int AllowedAboveIdle = 100;

    public static string Make(CollectOptions options, IReadOnlyList<CollectPhase> phases)
    {
        var report = new StringBuilder();
        report.AppendLine(MachineFacts.Describe(options.Work)).AppendLine();
        report.AppendLine(Summary(options, phases));
        report.AppendLine().AppendLine("| request | while | requests | p50, ms | p99, ms | longest, ms | allowed, ms | |");
        report.AppendLine("|---|---|---:|---:|---:|---:|---:|---|");
        foreach (var kind in Enum.GetValues<RequestKind>())
        {
            var allowed = Statistics.Percentile99(phases[0].Samples[kind]) + AllowedAboveIdle;
            foreach (var phase in phases)
                report.AppendLine(Row(kind, phase, allowed, phase == phases[0]));
        }

        return report.ToString();
    }

    private static string Summary(CollectOptions options, IReadOnlyList<CollectPhase> phases)
    {
        var runs = phases.Skip(1).Select(phase => string.Create(
            CultureInfo.InvariantCulture,
            $"{phase.Name}: {phase.BlobsDue:#,##0} blobs and their manifests were gone, from the trash too, after {phase.Time.TotalSeconds:0} s"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A store of {options.Manifests:#,##0} manifests with {(long)options.Manifests * SmallImage.BlobsInEach:#,##0} blobs, of which half is due at a time. ")
            + $"{string.Join("; ", runs)}. No request may take longer than {AllowedAboveIdle} ms above the idle p99.";
    }

    private static string Row(RequestKind kind, CollectPhase phase, double allowed, bool isIdle)
    {
        var samples = phase.Samples[kind];
        var verdict = isIdle ? "|" : $"{ResultTable.Number(allowed)} | {(samples.Max() <= allowed ? "hit" : "miss")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Title(kind)} | {phase.Name} | {samples.Length:#,##0} | {ResultTable.Number(Statistics.Median(samples))} "
            + $"| {ResultTable.Number(Statistics.Percentile99(samples))} | {ResultTable.Number(samples.Max())} | {verdict} |");
    }

    private static string Title(RequestKind kind) => kind switch
    {
        RequestKind.ManifestGet => "GET of a manifest",
        RequestKind.BlobGet => "GET of a blob",
        RequestKind.BlobHead => "HEAD of a blob",
        RequestKind.BlobPush => "push of a small blob",
        _ => "push of a manifest",
    };
}
