namespace Berth.Torture.Kills;

/// <summary>Several runs side by side, each with stores of its own.</summary>
internal static class KillShards
{
    /// <param name="output">Told of every violation, and of how far it is.</param>
    public static async Task<Tally> RunAsync(int kills, int seed, int parallel, TextWriter output, CancellationToken cancelled)
    {
        var tally = new Tally();
        var directory = Directory.CreateTempSubdirectory("berth-torture-");
        var shards = Enumerable.Range(0, parallel).Select(shard => new KillRun(
            Path.Combine(directory.FullName, $"{shard}"), unchecked(seed + (shard * 1_000_003)), tally, output)
            .RunAsync((kills / parallel) + (shard < kills % parallel ? 1 : 0), cancelled));
        await Task.WhenAll(shards);
        if (tally.Violations == 0)
            directory.Delete(recursive: true);
        return tally;
    }
}
