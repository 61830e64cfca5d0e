using Berth.Torture.Checks;
using Berth.Torture.Servers;

namespace Berth.Torture.Kills;

/// <summary>Kills the servers of one store after another, and looks each time whether everything acknowledged is there.</summary>
internal sealed class KillRun(string directory, int seed, Tally tally, TextWriter output)
{
    private const int KillsOfStore = 100;
    private const int KillsBetweenFullChecks = 20;

    private readonly Random _random = new(seed);

    public async Task RunAsync(int kills, CancellationToken cancelled)
    {
        for (var left = kills; left > 0; left -= KillsOfStore)
            await RunStoreAsync(_random.Next(), Math.Min(left, KillsOfStore), cancelled);
    }

    private async Task RunStoreAsync(int storeSeed, int kills, CancellationToken cancelled)
    {
        var random = new Random(storeSeed);
        var store = new TortureStore(Path.Combine(directory, $"store-{storeSeed:x8}"), storeSeed, ChooseSettings(random));
        var killed = 0;
        try
        {
            await FirstStartAsync(store, cancelled);
            for (; killed < kills; killed++)
                await RunRoundAsync(store, random, killed, cancelled);
            await LastCheckAsync(store, random, cancelled);
            tally.Collect(new StoreCheck(store.Data).ReadCollected().Blobs);
            Directory.Delete(store.Directory, recursive: true);
        }
        catch (Violation violation)
        {
            tally.Violate();
            await output.WriteLineAsync(
                $"VIOLATION: {violation.Message}\n  run seed {seed}, store seed {storeSeed}, after {killed} kills and {store.Acknowledged} acknowledged changes; "
                + $"grace {store.Settings.Grace}, trash {store.Settings.Trash}; kept in {store.Directory}{store.LastFault()}");
        }
        finally
        {
            tally.Acknowledge(store.Acknowledged);
        }
    }

    private static async Task FirstStartAsync(TortureStore store, CancellationToken cancelled)
    {
        await using var server = await store.StartAsync(cancelled);
        await store.LogInAsync(server, cancelled);
    }

    /// <summary>Start, check what the last kill left, work, kill, look at the files.</summary>
    private async Task RunRoundAsync(TortureStore store, Random random, int round, CancellationToken cancelled)
    {
        var thorough = round % KillsBetweenFullChecks == KillsBetweenFullChecks - 1;
        if (random.Next(20) == 0)
            await KillWhileStartingAsync(store, random, cancelled);
        else
            await KillWhileWorkingAsync(store, random, thorough, cancelled);
        tally.Killed();
        new StoreCheck(store.Data).Run(thorough);
    }

    private static async Task KillWhileWorkingAsync(TortureStore store, Random random, bool thorough, CancellationToken cancelled)
    {
        await using var server = await store.StartAsync(cancelled);
        await store.CheckAsync(server, thorough, random, cancelled);
        var moment = KillMoment.Choose(random);
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var working = store.WorkAsync(server, moment, CancellationToken.None, cancelled);
        var upkeep = Upkeep.Choose(store, new Random(random.Next()))?.RunAsync(killed.Token, cancelled) ?? Task.CompletedTask;
        // Work ends before the moment only when it found a violation.
        await Task.WhenAny(moment.WaitAsync(cancelled), working);
        server.Kill();
        await killed.CancelAsync();
        await server.WaitForExitAsync(cancelled);
        await Task.WhenAll(working, upkeep);
    }

    private static async Task KillWhileStartingAsync(TortureStore store, Random random, CancellationToken cancelled)
    {
        await using var server = BerthProcess.Launch(store.Data, store.Log, store.Settings);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(80)), TimeProvider.System, cancelled);
        server.Kill();
        await server.WaitForExitAsync(cancelled);
    }

    private static async Task LastCheckAsync(TortureStore store, Random random, CancellationToken cancelled)
    {
        await using var server = await store.StartAsync(cancelled);
        await store.CheckAsync(server, all: true, random, cancelled);
        if (await server.StopAsync(cancelled) is not 0 and var code)
            throw new Violation($"the server was asked to stop and ended with {code}");
        new StoreCheck(store.Data).Run(thorough: true);
    }

    /// <summary>A long grace for the promise of a lease, a short one for what is collected after it.</summary>
    private static ServerSettings ChooseSettings(Random random) => new(
        random.Next(3) == 0 ? TimeSpan.FromHours(24) : TimeSpan.FromSeconds(1 + random.Next(3)), TimeSpan.FromSeconds(random.Next(4)))
    {
        Scrubs = random.Next(2) == 0,
    };
}
