namespace Berth.Server.Storage;

/// <summary>Sessions for reading: as many as are read with at once, and some of them kept for the next read.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> connect) : IDisposable
{
    private const int Idle = 8;

    private readonly Lock _lock = new();
    private readonly Stack<SqliteSession> _idle = []; // the one used last has the warmest cache
    private bool _disposed;

    public SqliteSession Take()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var session))
                return session;
        }

        return connect();
    }

    public void GiveBack(SqliteSession session)
    {
        lock (_lock)
        {
            if (!_disposed && _idle.Count < Idle)
            {
                _idle.Push(session);
                return;
            }
        }

        session.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_idle.TryPop(out var session))
                session.Dispose();
        }
    }
}
