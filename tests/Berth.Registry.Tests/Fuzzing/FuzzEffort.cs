using System.Globalization;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>
/// How long the fuzz tests look. Each runs a fixed number of cases, in a second or two; with <c>BERTH_FUZZ_SECONDS</c> in the environment each
/// runs for that long instead. A failure prints its seed, which <c>CsCheck_Seed</c> brings back.
/// </summary>
internal static class FuzzEffort
{
    /// <summary>In seconds; -1 leaves it to the number of cases.</summary>
    public static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("BERTH_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    /// <summary>Cases of a property of a parser.</summary>
    public const long Texts = 5_000;

    /// <summary>Cases of a property of the whole server.</summary>
    public const long Requests = 1_000;
}
