namespace Berth.Packaging.Install;

/// <summary>A stage that has ended.</summary>
/// <param name="Detail">One line; empty when the stage failed, since the exception says why.</param>
public sealed record StageReport(InstallStage Stage, bool Succeeded, TimeSpan Elapsed, string Detail);
