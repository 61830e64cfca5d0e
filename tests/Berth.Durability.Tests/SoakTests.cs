using Berth.Torture.Soak;

namespace Berth.Durability.Tests;

/// <summary>"Nothing stops": collection every second, under clients. `bench/soak.sh` does the same for longer.</summary>
public sealed class SoakTests
{
    [Fact]
    public async Task No_request_fails_and_nothing_is_lost_while_the_server_collects_every_second()
    {
        var output = new StringWriter();

        var report = await SoakRun.RunAsync(
            TimeSpan.FromMinutes(1), seed: 20260301, TextWriter.Synchronized(output), TestContext.Current.CancellationToken);

        Assert.True(report.Failures == 0, output.ToString());
        Assert.True(report is { Collections: > 20, Blobs: > 100, Requests: > 5000 }, report.ToString());
    }
}
