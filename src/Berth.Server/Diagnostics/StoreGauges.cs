using System.Diagnostics.Metrics;
using Berth.Server.Storage;

namespace Berth.Server.Diagnostics;

/// <summary>How the store is, asked of it whenever somebody reads the metrics.</summary>
internal sealed class StoreGauges(SingleNodeStores stores)
{
    private readonly Dictionary<string, long> _successes = new(StringComparer.Ordinal);

    public void AddTo(Meter meter)
    {
        meter.CreateObservableGauge("berth.quarantined", Quarantined, description: "Blobs that are corrupt or missing and wait to be pushed again");
        meter.CreateObservableGauge("berth.disk.free", FreeBytes, "By", "What the server may still write on the file system of its data");
        meter.CreateObservableGauge("berth.database.size", DatabaseBytes, "By", "Database and its log");
        foreach (var kind in new[] { SqliteUpkeepStore.Collection, SqliteUpkeepStore.Scrub, SqliteUpkeepStore.Backup })
            meter.CreateObservableGauge($"berth.{kind}.last_success", () => LastSuccess(kind), "s", $"When the last {kind} ended well, in seconds since 1970");
    }

    private long Quarantined() => stores.Database.Read(session =>
        session.FindNumber("SELECT count(*) FROM blob WHERE damaged IS NOT NULL AND trashed IS NULL")) ?? 0;

    private long FreeBytes() => new DriveInfo(stores.Directory.Root).AvailableFreeSpace;

    private long DatabaseBytes() => Length(stores.Directory.DatabaseFile) + Length($"{stores.Directory.DatabaseFile}-wal");

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Nothing until there was one. A run under way, or one that failed, does not make the last success unknown.</summary>
    private IEnumerable<Measurement<long>> LastSuccess(string kind)
    {
        lock (_successes)
        {
            if (stores.Upkeep.Find(kind) is { Finished: { } finished, Problem: null })
                _successes[kind] = finished.ToUnixTimeSeconds();
            return _successes.TryGetValue(kind, out var last) ? [new Measurement<long>(last)] : [];
        }
    }
}
