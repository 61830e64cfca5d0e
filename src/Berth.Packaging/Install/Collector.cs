using System.Globalization;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>One collection: asked for, measured, and held against the pak's describe.xml.</summary>
internal sealed class Collector(StageRunner stages, AdapterConfig connection, DescribedKinds? described, IInstallObserver observer, TimeProvider time)
{
    private const int MessageLength = 400;
    private const int MostFindings = 20;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <exception cref="InstallException">The adapter gave none, or one that cannot be.</exception>
    public Task<CollectionReport> RunAsync(int number, RunningAdapter adapter, CancellationToken cancellationToken) => stages.RunAsync(
        InstallStage.Collect, () => MeasureAsync(number, adapter, cancellationToken), Describe);

    private async Task<CollectionReport> MeasureAsync(int number, RunningAdapter adapter, CancellationToken cancellationToken)
    {
        var before = await adapter.Container.FindUsageAsync(cancellationToken);
        var began = time.GetTimestamp();
        var asked = connection with { CollectionNumber = number };
        var result = await adapter.AskAsync(api => api.CollectAsync(asked, cancellationToken), cancellationToken);
        var elapsed = time.GetElapsedTime(began);
        var after = await adapter.Container.FindUsageAsync(cancellationToken);
        if (!string.IsNullOrEmpty(result.ErrorMessage))
            throw new InstallException(
                InstallStage.Collect, $"The adapter says that the collection failed: {OneLine.Of(result.ErrorMessage, MessageLength)}");
        Check(result);
        return new CollectionReport(number, elapsed, CollectSummary.Of(result))
        {
            Processor = after?.Processor - before?.Processor,
            Memory = after?.Memory,
        };
    }

    private void Check(CollectResult result)
    {
        if (described is null)
            return;
        var findings = CollectionCheck.Run(result, described);
        foreach (var warning in findings.Where(finding => !finding.IsError && _told.Add(finding.Text)).Take(MostFindings))
            observer.Noted(warning.ToString());
        var errors = findings.Where(finding => finding.IsError).ToList();
        if (errors.Count == 0)
            return;
        var lines = string.Concat(errors.Take(MostFindings).Select(error => $"\n  - {error}"));
        throw new InstallException(
            InstallStage.Collect, $"What the adapter collected contradicts the pak's describe.xml, and the platform would refuse it:{lines}")
        {
            Failure = InstallFailure.CollectionUnfit,
        };
    }

    private static string Describe(CollectionReport report)
    {
        var collected = report.Collected!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{collected.Objects} objects, {collected.Metrics} metrics, {collected.Properties} properties, {collected.Relationships} relationships{Use(report)}");
    }

    private static string Use(CollectionReport report) => report is { Processor: { } processor, Memory: { } memory }
        ? string.Create(CultureInfo.InvariantCulture, $", {processor.TotalSeconds:0.00} s of CPU, {memory / 1e6:0.0} MB")
        : "";
}
