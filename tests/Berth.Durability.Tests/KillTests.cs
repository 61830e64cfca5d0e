using Berth.Torture.Kills;

namespace Berth.Durability.Tests;

/// <summary>"201 means durable", against SIGKILL. `bench/crash.sh` does the same for longer.</summary>
public sealed class KillTests
{
    private const int Kills = 300;

    [Fact]
    public async Task Everything_acknowledged_before_a_kill_is_there_after_it_and_nothing_is_there_by_half()
    {
        var output = new StringWriter();

        var tally = await KillShards.RunAsync(Kills, seed: 20260301, parallel: 2, TextWriter.Synchronized(output), TestContext.Current.CancellationToken);

        Assert.True(tally.Violations == 0, output.ToString());
        Assert.Equal(Kills, tally.Kills);
        // It must have been worth it: something acknowledged, and something collected meanwhile.
        Assert.True(tally.Acknowledged > 10 * Kills, $"only {tally.Acknowledged} changes were acknowledged");
        Assert.True(tally.Collected > Kills, $"only {tally.Collected} blobs were collected");
    }
}
