using Berth.Torture.PowerLoss;

namespace Berth.Durability.Tests;

/// <summary>"201 means durable", against a power cut. `bench/crash.sh --power-loss N` does the same for longer.</summary>
public sealed class PowerLossTests
{
    private const int Cuts = 40;

    [Fact]
    public async Task Everything_acknowledged_is_there_when_all_that_was_not_synced_is_lost()
    {
        var output = new StringWriter();

        var tally = await PowerCuts.RunAsync(Cuts, seed: 20260301, output, TestContext.Current.CancellationToken);

        Assert.True(tally.Violations == 0, output.ToString());
        Assert.Equal(Cuts, tally.Kills);
        Assert.True(tally.Acknowledged > 100, $"only {tally.Acknowledged} changes were acknowledged");
    }
}
