using System.Diagnostics;
using System.Globalization;
using Berth.Bench.Measuring;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;
using Berth.Bench.Workloads;

namespace Berth.Bench;

/// <summary>Seeds the stores, then measures in rounds: each workload on each server in turn, before the next workload.</summary>
internal sealed class BenchRun
{
    /// <summary>What ten minutes leave after publishing and before the last measurements, on a small machine.</summary>
    private static readonly TimeSpan TimeForRounds = TimeSpan.FromMinutes(6.5);

    private static readonly Peer[] Readers = [Peer.Berth, Peer.Distribution, Peer.Nginx];
    private static readonly Peer[] Registries = [Peer.Berth, Peer.Distribution];

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly BenchOptions _options;
    private readonly TlsFiles _tls;
    private readonly SeededContent _content = new();
    private readonly Workload[] _reads;
    private readonly Workload[] _pushes;
    private readonly Workload[] _starts;
    private readonly Workload[] _memory;

    public BenchRun(BenchOptions options)
    {
        _options = options;
        _tls = Certificate.Make(options.Work);
        _reads = Choose(new ReadWorkloads(_content, options.Seconds).All());
        _pushes = Choose(PushWorkloads.All());
        _starts = Choose([StartUp.Describe()]);
        _memory = Choose([ParallelPush.Describe()]);
        if (All.Count == 0)
            throw new BenchException($"no workload's id contains '{options.Only}'");
    }

    public IReadOnlyList<Workload> All => [.. _reads, .. _pushes, .. _starts, .. _memory];

    public Samples Samples { get; } = new();

    /// <summary>How many are done.</summary>
    public int Rounds { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SeedAsync(cancellationToken);
        for (var began = Stopwatch.GetTimestamp(); Rounds < _options.Rounds && FitsAnother(began); Rounds++)
        {
            await ReadRoundAsync(Rounds, cancellationToken);
            await PushRoundAsync(Rounds, cancellationToken);
            foreach (var start in _starts)
                await StartRoundAsync(start, Rounds, cancellationToken);
        }

        foreach (var workload in _memory)
            await MeasureOnNewStoresAsync(workload, cancellationToken);
    }

    private bool FitsAnother(long began)
    {
        if (Rounds == 0 || _options.AllRounds)
            return true;
        return Stopwatch.GetElapsedTime(_began) + (Stopwatch.GetElapsedTime(began) / Rounds) < TimeForRounds;
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (_reads.Length + _starts.Length == 0)
            return;
        Say(_starts.Length == 0 ? "seeding" : "seeding, with a store of 1,000,000 manifests");
        var stores = new ReadStores(_content);
        var seeding = Readers.Select(peer => Task.Run(() => stores.SeedAsync(peer, ReadSettings(peer), cancellationToken), cancellationToken));
        if (_starts.Length > 0)
            seeding = seeding.Append(Task.Run(() => LargeStore.SeedAsync(LargeSettings, cancellationToken), cancellationToken));
        await Task.WhenAll(seeding);
    }

    private async Task ReadRoundAsync(int round, CancellationToken cancellationToken)
    {
        if (_reads.Length == 0)
            return;
        await using var servers = new ServerGroup(Readers.Select(peer => ServerStart.Start(peer, ReadSettings(peer))));
        var path = SeededContent.ManifestPath(SeededContent.Tag);
        foreach (var server in servers)
            await ServerStart.WaitAsync(server, path, cancellationToken);
        await MeasureAsync(_reads, servers, round, cancellationToken);
    }

    private async Task PushRoundAsync(int round, CancellationToken cancellationToken)
    {
        if (_pushes.Length == 0)
            return;
        await using (var servers = new ServerGroup(Registries.Select(peer => ServerStart.Start(peer, NewSettings(peer)))))
        {
            foreach (var server in servers)
            {
                await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
                await PushWorkloads.WarmUpAsync(server, cancellationToken);
            }

            await MeasureAsync(_pushes, servers, round, cancellationToken);
        }

        DeleteNew();
    }

    private async Task StartRoundAsync(Workload workload, int round, CancellationToken cancellationToken)
    {
        foreach (var peer in Rotate(workload.Peers, round))
        {
            var settings = peer is Peer.Berth ? LargeSettings : ReadSettings(peer);
            Add(workload, peer, await StartUp.MeasureAsync(peer, settings, cancellationToken));
        }
    }

    private async Task MeasureOnNewStoresAsync(Workload workload, CancellationToken cancellationToken)
    {
        foreach (var peer in workload.Peers)
        {
            await using (var server = ServerStart.Start(peer, NewSettings(peer)))
            {
                await ServerStart.WaitAsync(server, "/v2/", cancellationToken);
                Add(workload, peer, await workload.MeasureAsync(server, cancellationToken));
            }

            DeleteNew();
        }
    }

    private async Task MeasureAsync(Workload[] workloads, ServerGroup servers, int round, CancellationToken cancellationToken)
    {
        foreach (var workload in workloads)
        {
            foreach (var peer in Rotate(workload.Peers, round))
                Add(workload, peer, await workload.MeasureAsync(servers[peer], cancellationToken));
        }
    }

    private void Add(Workload workload, Peer peer, Sample sample)
    {
        Samples.Add(workload, peer, sample);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload.Id,-20} {peer,-12} {sample.Value,10:0.0} {workload.Unit}, p99 {sample.P99:0.00} ms, server {sample.ServerCpu:0} us each"));
    }

    /// <summary>Nobody is always first.</summary>
    private static IEnumerable<Peer> Rotate(Peer[] peers, int round) => peers.Skip(round % peers.Length).Concat(peers.Take(round % peers.Length));

    private Workload[] Choose(IEnumerable<Workload> workloads) =>
        [.. workloads.Where(workload => _options.Only is null || workload.Id.Contains(_options.Only, StringComparison.Ordinal))];

    private ServerSettings ReadSettings(Peer peer) => Settings(Path.Combine("read", $"{peer}"), _tls);

    private ServerSettings LargeSettings => Settings("large", null);

    private ServerSettings NewSettings(Peer peer) => Settings(Path.Combine("new", $"{peer}"), null);

    private ServerSettings Settings(string data, TlsFiles? tls)
    {
        var directory = Path.Combine(_options.Work, data);
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        return new ServerSettings(_options.Work, _options.BerthFile, directory, tls);
    }

    private void DeleteNew() => Directory.Delete(Path.Combine(_options.Work, "new"), recursive: true);

    private void Say(string text) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Stopwatch.GetElapsedTime(_began).TotalSeconds,5:0.0} {text}"));
}
