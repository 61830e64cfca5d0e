using System.Globalization;

namespace Berth.Packaging.Doctor;

/// <summary>Whether this machine and the registry agree what time it is: certificates and tokens have a beginning and an end.</summary>
internal static class ClockCheck
{
    /// <summary>A header has whole seconds, and an answer takes its time.</summary>
    private static readonly TimeSpan Agreed = TimeSpan.FromSeconds(30);

    public static CheckResult Judge(HostState host)
    {
        if (host.ClockAhead is not { } ahead)
            return CheckResult.Unknown(host.Obstacle ?? "the registry does not say what time it has");
        return ahead.Duration() <= Agreed
            ? CheckResult.Passed("agrees with the registry's")
            : CheckResult.Warning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"this machine's is {Math.Round(ahead.Duration().TotalSeconds)} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the registry's"),
                "have both take their time from NTP: certificates and tokens are refused before they begin and after they end");
    }
}
