using System.Text.Json;
using Berth.Packaging.Doctor;

namespace Berth.MpBuild;

/// <summary>A report for scripts.</summary>
/// <param name="SavedCa">Full path of the certificate that --save-ca wrote; null when none was.</param>
internal sealed record DoctorDocument(
    string Repository, bool Ok, IReadOnlyList<FindingDocument> Findings, IReadOnlyList<RequirementDocument> Requirements, string? SavedCa)
{
    public static DoctorDocument Of(string repository, RegistryReport report, string? savedCa) => new(
        repository,
        report.Failure is null,
        [.. report.Findings.Select(FindingDocument.Of)],
        [.. DoctorLines.Requirements.Select(one => new RequirementDocument(one.Text(), report[one].Name()))],
        savedCa);

    public string ToJson() => JsonSerializer.Serialize(this, PackJson.Default.DoctorDocument);
}

internal sealed record FindingDocument(string Check, string Host, string Outcome, string Text, string? Fix)
{
    public static FindingDocument Of(RegistryFinding finding) =>
        new(finding.Step.Name(), finding.Host.ToString(), finding.Outcome.Name(), finding.Text, finding.Fix);
}

internal sealed record RequirementDocument(string Requirement, string Outcome);
