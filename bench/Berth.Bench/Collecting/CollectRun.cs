using System.Diagnostics;
using System.Globalization;
using Berth.Bench.Servers;

namespace Berth.Bench.Collecting;

/// <summary>Measures requests while nothing else happens, while the server collects, and while <c>berth gc</c> does beside it.</summary>
internal sealed class CollectRun(CollectOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ServerSettings _settings = new(options.Work, options.BerthFile, Path.Combine(options.Work, "data"), null);

    public async Task<IReadOnlyList<CollectPhase>> RunAsync(CancellationToken cancellationToken)
    {
        var store = new CollectStore(options, _settings);
        Say($"writing a store of {options.Manifests} manifests and {options.Manifests * SmallImage.BlobsInEach} blobs");
        await store.SeedAsync(cancellationToken);
        var idle = await MeasureAsync("idle", 0, 0, end => Task.Delay(TimeSpan.FromSeconds(options.Seconds), TimeProvider.System, end), cancellationToken);
        var due = MakeDue(store, 0);
        var inServer = await MeasureAsync("the server collects", 1, due, end => WaitAsync(() => store.CountDue(0), end), cancellationToken);
        due = MakeDue(store, 1);
        var beside = await MeasureAsync("`berth gc` collects beside it", 0, due, end => CollectBesideAsync(() => store.CountDue(1), end), cancellationToken);
        return [idle, inServer, beside];
    }

    private static long MakeDue(CollectStore store, int remainder)
    {
        store.MakeDue(remainder);
        return store.CountDue(remainder);
    }

    private async Task<CollectPhase> MeasureAsync(
        string name, int collectEverySeconds, long blobsDue, Func<CancellationToken, Task> over, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable("BERTH__Collection__EverySeconds", collectEverySeconds.ToString(CultureInfo.InvariantCulture));
        Environment.SetEnvironmentVariable("BERTH__Collection__TrashSeconds", "5");
        Environment.SetEnvironmentVariable("BERTH__Collection__PulledWithinDays", "0");
        Say(name);
        await using var server = ServerStart.Start(Peer.Berth, _settings);
        await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
        await Login.ForAsync(server, CollectLoad.PushRepository, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var samples = await new CollectLoad(server).RunAsync(over, cancellationToken);
        return new CollectPhase(name, blobsDue, Stopwatch.GetElapsedTime(began), samples);
    }

    /// <summary>Waits until everything that was due is gone, from the trash too.</summary>
    private static async Task WaitAsync(Func<long> countDue, CancellationToken cancellationToken)
    {
        var (fewest, since) = (long.MaxValue, Stopwatch.GetTimestamp());
        while (countDue() is > 0 and var due)
        {
            if (due < fewest)
                (fewest, since) = (due, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new BenchException($"the collection does not go on: {due} blobs are still due");
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Command after command: each takes what the one before set free.</summary>
    private async Task CollectBesideAsync(Func<long> countDue, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (countDue() > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience * 5)
                throw new BenchException("the collection does not come to its end");
            using var collect = Process.Start(new ProcessStartInfo(options.BerthFile, ["gc", "--data", _settings.Data])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var talk = collect.StandardError.ReadToEndAsync(cancellationToken);
            while (await collect.StandardOutput.ReadLineAsync(cancellationToken) is not null)
            {
                // One line for each thing that went: only their number matters, which the store tells.
            }

            await collect.WaitForExitAsync(cancellationToken);
            if (collect.ExitCode != 0)
                throw new BenchException($"berth gc failed: {await talk}");
        }
    }

    private void Say(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Stopwatch.GetElapsedTime(_began).TotalSeconds,5:0.0} {text}"));
}

/// <param name="Samples">Milliseconds of each request.</param>
internal sealed record CollectPhase(string Name, long BlobsDue, TimeSpan Time, IReadOnlyDictionary<RequestKind, double[]> Samples);
