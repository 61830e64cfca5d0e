namespace Berth.Server.Doctor;

/// <summary>What a check saw.</summary>
/// <param name="Seen">One line.</param>
/// <param name="Fix">What to do about it; null when nothing has to be done.</param>
internal sealed record Finding(FindingLevel Level, string Check, string Seen, string? Fix = null)
{
    public override string ToString() =>
        $"{Level switch { FindingLevel.Ok => "OK", FindingLevel.Warn => "WARN", _ => "FAIL" },-4}  {Check,-12} {Seen}{(Fix is null ? "" : $" -> {Fix}")}";
}

internal enum FindingLevel
{
    Ok,

    /// <summary>It works, and will not for ever.</summary>
    Warn,

    Fail,
}
