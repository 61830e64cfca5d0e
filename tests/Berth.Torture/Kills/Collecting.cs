using Berth.Torture.Servers;

namespace Berth.Torture.Kills;

/// <summary>Collections by the command beside the server, in some rounds: one after the other until the server is killed, and then they are too, or not.</summary>
internal sealed class Collecting(TortureStore store, Random random)
{
    private readonly bool _outlives = random.Next(2) == 0;

    public static Collecting? Choose(TortureStore store, Random random) => random.Next(3) == 0 ? new(store, random) : null;

    /// <param name="killed">When the server is.</param>
    public async Task RunAsync(CancellationToken killed, CancellationToken cancelled)
    {
        while (!killed.IsCancellationRequested)
        {
            await using var collection = CollectProcess.Launch(store.Data, store.Settings);
            await using var kill = killed.Register(() => KillUnlessItOutlives(collection));
            await collection.WaitForExitAsync(cancelled);
        }
    }

    private void KillUnlessItOutlives(CollectProcess collection)
    {
        if (!_outlives)
            collection.Kill();
    }
}
