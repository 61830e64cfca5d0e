using System.Text.Json;
using Berth.Packaging.Doctor;

namespace Berth.MpInstall;

/// <summary>What was found out about a pak, for scripts and for people.</summary>
/// <param name="SavedCa">Full path of the certificate that --save-ca wrote; null when none was.</param>
internal sealed record PakReportDocument(
    string Pak, string Image, bool Ok, int ExitCode, IReadOnlyList<PakFindingDocument> Findings, string? SavedCa)
{
    public static void Write(string pak, PakReport report, int code, bool json, string? savedCa = null)
    {
        if (json)
        {
            var findings = report.Findings.Select(one => new PakFindingDocument(one.Check, one.Outcome.Name(), one.Text, one.Fix));
            var document = new PakReportDocument(pak, report.Image.ToString(), report.IsGood, code, [.. findings], savedCa);
            Console.Out.WriteLine(JsonSerializer.Serialize(document, LookJson.Default.PakReportDocument));
            return;
        }

        foreach (var finding in report.Findings)
            Console.Out.WriteLine($"{finding.Outcome.Name(),-7}  {finding.Check,-11}  {finding.Text}{(finding.Fix is null ? "" : $"; fix: {finding.Fix}")}");
    }
}

internal sealed record PakFindingDocument(string Check, string Outcome, string Text, string? Fix);
