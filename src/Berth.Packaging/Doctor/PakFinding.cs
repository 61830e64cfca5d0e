namespace Berth.Packaging.Doctor;

/// <summary>One thing that was found out about a pak and the registry that it names.</summary>
/// <param name="Check">What was looked at, one word.</param>
/// <param name="Text">One line.</param>
/// <param name="Fix">What to do, one line; null where there is nothing to do.</param>
public sealed record PakFinding(string Check, FindingOutcome Outcome, string Text, string? Fix = null)
{
    internal static PakFinding Of(string check, CheckResult result) => new(check, result.Outcome, result.Text, result.Fix);
}
