namespace Berth.Server.Storage;

/// <summary>Sees that another process wrote to the database: a command that runs beside the server.</summary>
internal sealed class SqliteWatch(Func<SqliteSession> connect) : IDisposable
{
    /// <summary>How old an answer may be. Asking costs as much as reading a row, so it is not done for every request.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private SqliteSession? _session;
    private long _dataVersion;
    private long _changes;
    private long _nextLook = long.MinValue;

    /// <summary>How many times somebody was seen to have written since this was made, this process included.</summary>
    public long Changes
    {
        get
        {
            if (Environment.TickCount64 >= Interlocked.Read(ref _nextLook) && _lock.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    _lock.Exit();
                }
            }

            return Interlocked.Read(ref _changes);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _session?.Dispose();
    }

    /// <summary>SQLite gives a connection another number when the file was written to by anybody else than that connection.</summary>
    private void Look()
    {
        _session ??= connect();
        var now = _session.FindNumber("PRAGMA data_version") ?? 0;
        if (now != _dataVersion)
            Interlocked.Increment(ref _changes);
        _dataVersion = now;
        Interlocked.Exchange(ref _nextLook, Environment.TickCount64 + (long)Interval.TotalMilliseconds);
    }
}
