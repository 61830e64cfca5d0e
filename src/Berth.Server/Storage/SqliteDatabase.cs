using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>The database file: one writer at a time, and readers that never wait for it.</summary>
/// <remarks>
/// SQLite in WAL mode with synchronous=FULL: a commit is on the disk when it returns. SQLite has no asynchronous calls: reads run on the
/// caller's thread, which finds them in memory, and writes, which wait for the disk, on a thread of their own.
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly string _file;
    private readonly SqliteUse _use;
    private readonly SqliteSession _session;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly SqliteWatch _watch;
    private long _commits;

    private SqliteDatabase(string file, SqliteUse use)
    {
        _file = file;
        _use = use;
        _session = Connect();
        _writer = new SqliteWriter(_session, yields: use is SqliteUse.Command, () => Interlocked.Increment(ref _commits));
        _readers = new SqliteReaders(() => Connect("PRAGMA query_only = ON;"));
        _watch = new SqliteWatch(() => Connect("PRAGMA query_only = ON;"));
    }

    /// <summary>
    /// A number that is another one after every commit: at once for those made here, within <see cref="SqliteWatch.Interval"/> for those that
    /// another process makes. What was read after asking for it stays true for as long as it stays the same.
    /// </summary>
    public long Version => Interlocked.Read(ref _commits) + _watch.Changes;

    /// <summary>Opens the database, creates it when it is not there, and brings its schema up to date.</summary>
    /// <exception cref="StorageUnusableException">It is no database, damaged, not writable, or written by a newer version.</exception>
    public static SqliteDatabase Open(string file, SqliteUse use)
    {
        SqliteDatabase? database = null;
        try
        {
            CreateFile(file);
            database = new SqliteDatabase(file, use);
            SqliteMigrations.Apply(database._session, file);
            return database;
        }
        catch (Exception e)
        {
            database?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new StorageUnusableException(
                    $"The database '{file}' cannot be used ({e.Message}): restore it from a copy, or make it writable.", e);
            }

            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, perhaps together with others, durable when this returns; an exception undoes it. It may
    /// be run a second time after the first was undone.
    /// </summary>
    public ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        _writer.WriteAsync(work, cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one unchanging state of the database.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        var reader = _readers.Take();
        try
        {
            return reader.InTransaction("BEGIN", work);
        }
        finally
        {
            _readers.GiveBack(reader);
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _readers.Dispose();
        _writer.Dispose();
        _session.Dispose();
    }

    /// <summary>SQLite would create it readable for everybody, and its log takes its rights from it.</summary>
    private static void CreateFile(string file)
    {
        if (File.Exists(file))
            return;
        using (new FileStream(file, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)))
        {
        }

        DurableFiles.SyncDirectory(Path.GetDirectoryName(file)!);
    }

    private SqliteSession Connect(string more = "") => SqliteSession.Connect(
        _file,
        $"""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA wal_autocheckpoint = {(_use is SqliteUse.Serving ? 1000 : 0)};
        {more}
        """);
}
