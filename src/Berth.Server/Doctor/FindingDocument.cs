namespace Berth.Server.Doctor;

internal sealed record FindingDocument(string Level, string Check, string Seen, string? Fix)
{
    public static FindingDocument Of(Finding finding) =>
        new(finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warn => "warn", _ => "fail" }, finding.Check, finding.Seen, finding.Fix);
}
