namespace Berth.Bench.Collecting;

/// <param name="Manifests">How many the store has; each with three blobs of its own.</param>
/// <param name="Seconds">How long the idle server is measured.</param>
/// <param name="Document">Markdown file that the results are written into; null when they are only printed.</param>
internal sealed record CollectOptions(string Work, string BerthFile, int Manifests, int Seconds, string? Document)
{
    public const int ManifestsInEach = 1000;

    /// <summary>Of the first repositories nothing goes: they are what the clients read from while the others are collected.</summary>
    public const int ReadRepositories = 2;

    public int Repositories => Manifests / ManifestsInEach;

    public static CollectOptions FromEnvironment() => new(
        BenchOptions.Required("BENCH_WORK"),
        BenchOptions.Required("BENCH_BERTH"),
        BenchOptions.Number("MANIFESTS", 100_000, 6000, 1_000_000),
        BenchOptions.Number("SECONDS_EACH", 60, 1, 600),
        BenchOptions.Find("BENCH_DOCUMENT"));
}
