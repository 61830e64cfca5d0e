using Berth.Torture.Checks;
using Berth.Torture.Content;
using Berth.Torture.Http;
using Berth.Torture.Kills;
using Berth.Torture.Servers;

namespace Berth.Torture.Soak;

/// <summary>Clients push, delete and pull while the server collects every second what nobody promised a few seconds ago.</summary>
internal sealed class SoakRun
{
    private const int Pullers = 2;

    private static readonly ServerSettings Settings = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));

    private readonly TortureStore _store;
    private readonly List<SoakPuller> _pullers;
    private readonly TextWriter _output;
    private readonly RequestCounter _counter = new();
    private int _failures;

    private SoakRun(string directory, int seed, TextWriter output)
    {
        _output = output;
        // The pullers' content is the clients' too.
        var content = new ContentPool(seed);
        _pullers = [.. Enumerable.Range(0, Pullers).Select(number => new SoakPuller($"puller/{number}", seed + number, content, Settings))];
        _store = new TortureStore(directory, seed, Settings, more: _pullers.Select(puller => puller.Model));
    }

    public static async Task<SoakReport> RunAsync(TimeSpan time, int seed, TextWriter output, CancellationToken cancelled)
    {
        var directory = Directory.CreateTempSubdirectory("berth-soak-");
        var report = await new SoakRun(directory.FullName, seed, output).RunAsync(time, cancelled);
        if (report.Failures == 0)
            directory.Delete(recursive: true);
        else
            await output.WriteLineAsync($"seed {seed}; kept in {directory.FullName}");
        return report;
    }

    private async Task<SoakReport> RunAsync(TimeSpan time, CancellationToken cancelled)
    {
        var check = new StoreCheck(_store.Data);
        var collections = new CollectionCounter(check);
        await using (var server = await _store.StartAsync(cancelled))
        {
            await _store.LogInAsync(server, cancelled);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
            var working = WorkAsync(server, enough.Token, cancelled);
            enough.CancelAfter(time);
            await Task.WhenAll(working, collections.RunAsync(enough.Token));
            await CountFailureAsync(_store.CheckAsync(server, all: true, new Random(1), cancelled));
            await CountFailureAsync(StopAsync(server, cancelled));
        }

        await CountFailureAsync(Task.Run(() => check.Run(thorough: true), cancelled));
        var (blobs, bytes, _) = check.ReadCollected();
        return new SoakReport(_counter.Requests, collections.Collections, blobs, bytes, _failures);
    }

    private async Task WorkAsync(BerthProcess server, CancellationToken enough, CancellationToken cancelled)
    {
        using var pusher = _store.Connect(server, _counter, cancelled);
        using var anonymous = new RegistryConnection(server, null, cancelled) { Traffic = _counter };
        var clients = _store.Clients.Select(client => client.WorkAsync(pusher, enough));
        await Task.WhenAll(clients.Concat(_pullers.Select(puller => PullAsync(puller, pusher, anonymous, enough))).Select(CountFailureAsync));
    }

    private static async Task PullAsync(SoakPuller puller, RegistryConnection pusher, RegistryConnection anonymous, CancellationToken enough)
    {
        await puller.PushAsync(pusher);
        await puller.PullAsync(anonymous, enough);
    }

    private static async Task StopAsync(BerthProcess server, CancellationToken cancelled)
    {
        if (await server.StopAsync(cancelled) is not 0 and var code)
            throw new Violation($"the server was asked to stop and ended with {code}");
    }

    private async Task CountFailureAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Violation violation)
        {
            Interlocked.Increment(ref _failures);
            await _output.WriteLineAsync($"FAILURE: {violation.Message}");
        }
    }
}
