using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>The one thread that writes. What waits for it is written together, so that one sync makes all of it durable.</summary>
/// <remarks>
/// Nobody is told of success before the commit. Within a transaction each write has a savepoint: one that fails leaves the others alone. When
/// the transaction itself fails, each is tried by itself, so that the one that asks for too much does not take the others along.
/// </remarks>
/// <param name="yields">Whether to leave the database to another process between two transactions, which waits for it by asking again and again.</param>
internal sealed class SqliteWriter(SqliteSession session, bool yields, Action written) : IDisposable
{
    private const int MostTogether = 64;

    private readonly BlockingCollection<SqliteWrite> _waiting = [];
    private readonly List<SqliteWrite> _group = [];
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _ending = new();
    private Thread? _thread;

    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new SqliteWrite<T>(work);
        _waiting.Add(write, cancellationToken);
        EnsureStarted();
        return await write.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what was asked for before.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _waiting.CompleteAdding();
            _ending.Set();
            _thread?.Join();
        }

        _ending.Dispose();
        _waiting.Dispose();
    }

    private void EnsureStarted()
    {
        if (_thread is not null)
            return;
        lock (_lock)
        {
            if (_thread is not null || _waiting.IsAddingCompleted)
                return;
            _thread = new Thread(Run) { IsBackground = true, Name = "database" };
            _thread.Start();
        }
    }

    private void Run()
    {
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            var began = Stopwatch.GetTimestamp();
            Take(first);
            while (_group.Count < MostTogether && _waiting.TryTake(out var next))
                Take(next);
            if (_group.Count > 1 && TryTogether())
                _group.ForEach(write => write.Succeed());
            else
                _group.ForEach(Alone);
            _group.Clear();
            if (yields)
                Yield(Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>
    /// SQLite has no queue: who finds the database taken asks again a little later. One that lets go of it only to take it again could keep it for
    /// seconds, so it lets go for twice as long as it held it.
    /// </summary>
    private void Yield(TimeSpan held) => _ending.Wait(TimeSpan.FromMilliseconds(Math.Clamp(2 * held.TotalMilliseconds, 10, 100)));

    private void Take(SqliteWrite write)
    {
        if (write.TryTake())
            _group.Add(write);
    }

    private void Alone(SqliteWrite write)
    {
        try
        {
            InTransaction(write.Run);
            write.Succeed();
        }
        catch (SqliteException e) when (DiskFull.IsCauseOf(e))
        {
            write.Fail(DiskFull.ToOciException());
        }
        catch (Exception e)
        {
            write.Fail(e);
        }
    }

    /// <summary>Those that fail by themselves leave the group; false when nothing of it was written.</summary>
    private bool TryTogether()
    {
        var failed = new List<(SqliteWrite Write, Exception Exception)>();
        try
        {
            InTransaction(transaction =>
            {
                foreach (var write in _group)
                {
                    if (Within(transaction, write) is { } exception)
                        failed.Add((write, exception));
                }
            });
        }
        catch (Exception)
        {
            return false;
        }

        foreach (var (write, exception) in failed)
        {
            _group.Remove(write);
            write.Fail(exception);
        }

        return true;
    }

    private static Exception? Within(SqliteSession transaction, SqliteWrite write)
    {
        transaction.Execute("SAVEPOINT one");
        try
        {
            write.Run(transaction);
            transaction.Execute("RELEASE one");
            return null;
        }
        catch (Exception e) when (e is not SqliteException)
        {
            transaction.Execute("ROLLBACK TO one");
            transaction.Execute("RELEASE one");
            return e;
        }
    }

    private void InTransaction(Action<SqliteSession> work)
    {
        try
        {
            session.InTransaction("BEGIN IMMEDIATE", transaction =>
            {
                work(transaction);
                return true;
            });
        }
        finally
        {
            written(); // also when it failed: what of it reached the disk is then not known
        }
    }
}
