using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Berth.Oci;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;

namespace Berth.Server.Upkeep;

/// <summary>Passes over all content, one at a time on a data directory, and what they have in common with looking at a single blob.</summary>
internal sealed class ScrubRun
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Digest, bool> _checking = new();
    private readonly DataDirectory _directory;
    private readonly SqliteUpkeepStore _runs;
    private readonly SqliteScrubStore _store;
    private readonly DamagedContent _damaged;
    private readonly BlobScrub _blobs;
    private readonly StrayFiles _files;
    private readonly TimeProvider _time;

    /// <param name="trashTime">How long what is taken out of use is kept.</param>
    /// <param name="looked">Called for every blob that a pass has looked at.</param>
    public ScrubRun(
        SingleNodeStores stores, IReadOnlyList<Uri> peers, TimeSpan trashTime, Action<ScrubFinding> tell, TimeProvider time, Action? looked = null)
    {
        _directory = stores.Directory;
        _runs = stores.Upkeep;
        _store = new SqliteScrubStore(stores.Database, stores.Upkeep);
        _time = time;
        var content = new ScrubbedFiles(stores.Directory);
        _damaged = new DamagedContent(_store, content, new PeerRegistries(peers, stores.Blobs, tell, time), tell, time);
        _blobs = new BlobScrub(_store, _damaged, looked ?? (() => { }), time);
        _files = new StrayFiles(_store, content, trashTime, tell, time);
    }

    /// <summary>Whether the last pass was broken off, or ended at least <paramref name="interval"/> ago. One that failed is tried again earlier.</summary>
    public bool IsDue(TimeSpan interval) => _runs.Find(SqliteUpkeepStore.Scrub) is not { Finished: { } finished } run
        || finished + (run.Problem is not null && interval > RetryInterval ? RetryInterval : interval) <= _time.GetUtcNow();

    /// <summary>Makes a pass, or the rest of one.</summary>
    /// <param name="whole">False to go on where a pass was broken off.</param>
    /// <returns>Null when somebody else is making one.</returns>
    public async Task<ScrubReport?> RunAsync(bool whole, ReadPace pace, CancellationToken cancellationToken)
    {
        using var held = _directory.TryLock(SqliteUpkeepStore.Scrub);
        if (held is null)
            return null;
        var now = _time.GetUtcNow();
        var broken = whole ? null : _runs.Find(SqliteUpkeepStore.Scrub) is { Finished: null } run ? run : null;
        var progress = Progress(broken);
        await _store.BeginAsync(broken?.Started ?? now, progress, now, cancellationToken);
        try
        {
            await _blobs.RunAsync(progress, pace, cancellationToken);
            await _files.RunAsync(progress.Report, cancellationToken);
            await _store.EndAsync(progress, null, _time.GetUtcNow(), CancellationToken.None);
            return progress.Report;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next pass begins anew: where this one stopped is where it would stop again.
            await _store.EndAsync(progress, e.Message, _time.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Looks at content that somebody found to be wrong, unless somebody does so already.</summary>
    public async ValueTask CheckAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (!_checking.TryAdd(digest, true))
            return;
        try
        {
            if (_store.Find(digest) is { } blob)
                await _damaged.CheckAsync(blob, new ScrubReport(), ReadPace.Unlimited, cancellationToken);
        }
        finally
        {
            _checking.TryRemove(digest, out _);
        }
    }

    public static ReadPace PaceOf(int megabytesPerSecond, TimeProvider time) => new(megabytesPerSecond * 1_000_000L, time);

    private static ScrubProgress Progress(UpkeepRun? broken) => new()
    {
        Position = long.TryParse(broken?.Position, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0,
        Report = broken?.Report is { } report ? JsonSerializer.Deserialize(report, UpkeepJson.Default.ScrubReport) ?? new() : new(),
    };
}
