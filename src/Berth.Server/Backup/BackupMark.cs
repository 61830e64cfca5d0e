using Berth.Oci;
using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Backup;

/// <summary>
/// The row that tells the server, and who looks after it, that a backup is under way: for as long as its beat is fresh, no content is purged
/// that the backup may still have to copy. What a purge takes regardless is reported as missing, and never passed over.
/// </summary>
internal sealed class BackupMark : IAsyncDisposable
{
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(30);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CancellationTokenSource _ended = new();
    private Task _beats = Task.CompletedTask;

    private BackupMark(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _started = Now;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<BackupMark> BeginAsync(SqliteDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        var mark = new BackupMark(database, time);
        await mark.BeatAsync(cancellationToken);
        mark._beats = mark.KeepBeatingAsync();
        return mark;
    }

    /// <param name="report">JSON; null leaves what the last finished backup said.</param>
    public async Task FinishAsync(string? report, string? problem)
    {
        await EndBeatsAsync();
        var now = Now;

        // Another backup into another directory may have taken the row over: then it says when it has ended.
        await _database.WriteAsync(
            session => session.Execute(
                """
                UPDATE upkeep SET beat = ?2, finished = ?2, problem = ?3, report = coalesce(?4, report)
                WHERE kind = 'backup' AND started = ?1
                """,
                _started, now, problem, report),
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EndBeatsAsync();
        _ended.Dispose();
    }

    private async Task EndBeatsAsync()
    {
        await _ended.CancelAsync();
        await _beats;
    }

    private async Task KeepBeatingAsync()
    {
        using var timer = new PeriodicTimer(BeatInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                await TryBeatAsync();
        }
        catch (OperationCanceledException)
        {
            // Ended, as it should be.
        }
    }

    /// <summary>A database that is busy, or a disk that is full, for one beat is no reason to give up a backup.</summary>
    private async Task TryBeatAsync()
    {
        try
        {
            await BeatAsync(_ended.Token);
        }
        catch (Exception e) when (e is SqliteException or OciException)
        {
            // The next one is soon.
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await _database.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO upkeep (kind, started, beat) VALUES ('backup', ?1, ?2)
                ON CONFLICT (kind) DO UPDATE SET started = ?1, beat = ?2, finished = NULL, problem = NULL
                """,
                _started, now),
            cancellationToken);
    }
}
