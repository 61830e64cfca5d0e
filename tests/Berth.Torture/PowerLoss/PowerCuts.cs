using Berth.Torture.Kills;

namespace Berth.Torture.PowerLoss;

/// <summary>Several runs one after the other, each with some of the cuts.</summary>
internal static class PowerCuts
{
    private const int CutsOfRun = 50;

    /// <summary>Long enough for what was promised for a second to be collected, and purged.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(3.5);

    public static async Task<Tally> RunAsync(int cuts, int seed, TextWriter output, CancellationToken cancelled)
    {
        var tally = new Tally();
        var directory = Directory.CreateTempSubdirectory("berth-power-").FullName;
        var library = await RecordLibrary.BuildAsync(directory, cancelled);
        for (var run = 0; run * CutsOfRun < cuts; run++)
        {
            var runDirectory = Path.Combine(directory, $"run-{run}");
            var before = tally.Violations;
            await new PowerLossRun(runDirectory, unchecked(seed + (run * 7919)), library, tally, output)
                .RunAsync(Math.Min(CutsOfRun, cuts - (run * CutsOfRun)), Work, cancelled);
            if (tally.Violations == before)
                Directory.Delete(runDirectory, recursive: true);
        }

        if (tally.Violations == 0)
            Directory.Delete(directory, recursive: true);
        return tally;
    }
}
