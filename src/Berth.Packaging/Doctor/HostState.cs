namespace Berth.Packaging.Doctor;

/// <summary>What the later checks of a host build upon.</summary>
/// <param name="Obstacle">Why nothing can be asked there; null when something can.</param>
/// <param name="IsTrusted">Whether a login may be sent there.</param>
/// <param name="WantsBasic">It asks for HTTP Basic, which no anonymous client can answer.</param>
internal sealed record HostState(string? Obstacle, bool IsTrusted, bool WantsBasic, ServedAuthority? Authority)
{
    /// <summary>By how much this machine's clock is ahead of the server's; null when the server does not say what time it has.</summary>
    public TimeSpan? ClockAhead { get; init; }
}
