using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>One collection in <c>--output json</c>.</summary>
/// <param name="MemoryBytes">After it.</param>
/// <param name="Restarted">The container had ended before, and was made anew.</param>
internal sealed record CollectionDocument(
    int Number, double Seconds, double? CpuSeconds, long? MemoryBytes, int? Objects, bool Restarted, int ExitCode, string? Error)
{
    public static CollectionDocument Of(CollectionReport report) => new(
        report.Number,
        Math.Round(report.Elapsed.TotalSeconds, 3),
        report.Processor is { } processor ? Math.Round(processor.TotalSeconds, 3) : null,
        report.Memory,
        report.Collected?.Objects,
        report.Restarted,
        report.Failure is { } failure ? ExitCodes.Of(failure) : ExitCodes.Success,
        report.Failure?.Message);
}
