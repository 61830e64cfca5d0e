using Berth.Torture.Servers;

namespace Berth.Torture.Kills;

/// <summary>Commands beside the server, one after the other until the server is killed; and then they are killed too, or not.</summary>
internal sealed class Upkeep(TortureStore store, Random random)
{
    private static readonly string[] Collection = ["gc"];
    private static readonly string[] Scrub = ["scrub", "--now"];

    private readonly bool _outlives = random.Next(2) == 0;

    /// <returns>Null in rounds without any.</returns>
    public static Upkeep? Choose(TortureStore store, Random random) => random.Next(3) == 0 ? new(store, random) : null;

    /// <param name="killed">When the server is.</param>
    public async Task RunAsync(CancellationToken killed, CancellationToken cancelled)
    {
        while (!killed.IsCancellationRequested)
        {
            await using var command = CommandProcess.Launch(store.Data, store.Settings, random.Next(4) == 0 ? Scrub : Collection);
            await using var kill = killed.Register(() => KillUnlessItOutlives(command));
            await command.WaitForExitAsync(cancelled);
        }
    }

    private void KillUnlessItOutlives(CommandProcess command)
    {
        if (!_outlives)
            command.Kill();
    }
}
