using System.Globalization;

namespace Berth.Bench;

/// <summary>What bench.sh passes in the environment.</summary>
/// <param name="Work">Directory for everything temporary, on the disk that is measured.</param>
/// <param name="BerthFile">The published executable.</param>
/// <param name="AllRounds">Whatever time they take; otherwise only as many as fit into the time that bench.sh promises.</param>
/// <param name="Seconds">How long each measurement of requests for reading takes.</param>
/// <param name="Only">Part of a workload's id; null for all of them.</param>
/// <param name="Document">Markdown file that the results are written into; null when they are only printed.</param>
internal sealed record BenchOptions(string Work, string BerthFile, int Rounds, bool AllRounds, int Seconds, string? Only, string? Document)
{
    public static BenchOptions FromEnvironment() => new(
        Required("BENCH_WORK"),
        Required("BENCH_BERTH"),
        Number("ROUNDS", 3, 1, 100),
        Find("ROUNDS") is not null,
        Number("SECONDS_EACH", 2, 1, 60),
        Find("ONLY"),
        Find("BENCH_DOCUMENT"));

    internal static string? Find(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    internal static string Required(string name) => Find(name) ?? throw new BenchException($"{name} is not set: start this with ./bench.sh");

    internal static int Number(string name, int otherwise, int least, int most)
    {
        if (Find(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BenchException($"{name} is '{text}'; a number from {least} to {most} is expected");
    }
}
