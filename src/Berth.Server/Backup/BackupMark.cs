using Berth.Oci;
using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Backup;

/// <summary>
/// The row that tells the server, and who looks after it, that a backup is under way: for as long as its beat is fresh, no content is purged
/// that the backup may still have to copy. What is purged regardless is reported as missing, and never passed over.
/// </summary>
internal sealed class BackupMark : IAsyncDisposable
{
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(30);

    private readonly SqliteUpkeepStore _upkeep;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private Task _beats = Task.CompletedTask;

    private BackupMark(SqliteUpkeepStore upkeep, TimeProvider time)
    {
        _upkeep = upkeep;
        _time = time;
    }

    public static async Task<BackupMark> BeginAsync(SqliteUpkeepStore upkeep, TimeProvider time, CancellationToken cancellationToken)
    {
        var mark = new BackupMark(upkeep, time);
        await upkeep.BeginAsync(SqliteUpkeepStore.Backup, time.GetUtcNow(), cancellationToken);
        mark._beats = mark.KeepBeatingAsync();
        return mark;
    }

    /// <param name="report">JSON; null leaves what the last backup that was made said.</param>
    public async Task FinishAsync(string? report, string? problem)
    {
        await EndBeatsAsync();
        await _upkeep.EndAsync(SqliteUpkeepStore.Backup, problem, report, _time.GetUtcNow(), CancellationToken.None);
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
            await _upkeep.BeatAsync(SqliteUpkeepStore.Backup, null, _time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception e) when (e is SqliteException or OciException)
        {
            // The next one is soon.
        }
    }
}
