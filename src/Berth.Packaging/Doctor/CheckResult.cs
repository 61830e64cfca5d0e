namespace Berth.Packaging.Doctor;

/// <summary>What one check says.</summary>
internal sealed record CheckResult(FindingOutcome Outcome, string Text, string? Fix = null)
{
    public static CheckResult Passed(string text) => new(FindingOutcome.Passed, text);

    public static CheckResult Warning(string text, string fix) => new(FindingOutcome.Warning, text, fix);

    public static CheckResult Failed(string text, string fix) => new(FindingOutcome.Failed, text, fix);

    public static CheckResult Unknown(string text) => new(FindingOutcome.Unknown, text);

    public static CheckResult TookTooLong(TimeSpan limit) => Failed(
        $"the check did not end within {limit.TotalSeconds:0.#} s",
        "the registry, its token service or a credential helper hangs; look into the registry's log, and try again");
}
