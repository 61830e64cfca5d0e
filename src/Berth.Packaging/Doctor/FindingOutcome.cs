namespace Berth.Packaging.Doctor;

/// <summary>From good to bad, so that the worst of several is their greatest.</summary>
public enum FindingOutcome
{
    Passed,

    /// <summary>It works from here and may not work from elsewhere, or not for long.</summary>
    Warning,

    /// <summary>An earlier failure keeps it from being known.</summary>
    Unknown,
    Failed,
}

public static class FindingOutcomes
{
    public static string Name(this FindingOutcome outcome) => outcome switch
    {
        FindingOutcome.Passed => "ok",
        FindingOutcome.Warning => "warning",
        FindingOutcome.Unknown => "unknown",
        FindingOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
