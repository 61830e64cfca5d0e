using System.Globalization;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>
/// How long the fuzz tests look. Each runs a fixed number of cases, in a second or two; with <c>BERTH_FUZZ_SECONDS</c> in the environment
/// each runs for that long instead. A failure prints its seed, which <c>CsCheck_Seed</c> brings back.
/// </summary>
internal static class FuzzEffort
{
    /// <summary>In seconds; -1 leaves it to the number of cases.</summary>
    public static int Seconds { get; } = int.Parse(Environment.GetEnvironmentVariable("BERTH_FUZZ_SECONDS") ?? "-1", CultureInfo.InvariantCulture);

    /// <summary>Cases of a property of a parser.</summary>
    public const long Texts = 5_000;

    /// <summary>Cases of a property of the whole server.</summary>
    public const long Requests = 1_000;
}
