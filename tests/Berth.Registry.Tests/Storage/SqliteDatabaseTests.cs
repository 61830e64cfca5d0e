using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Registry.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string DatabaseFile => _directory["berth.db"];

    [Fact]
    public void Commits_wait_for_the_disk_and_only_the_server_checkpoints()
    {
        using var serving = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        using var command = SqliteDatabase.Open(DatabaseFile, SqliteUse.Command);

        Assert.Equal(["wal", "2", "1", "1000"], Settings(serving));
        Assert.Equal(["wal", "2", "1", "0"], Settings(command));
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_database_and_its_log()
    {
        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        await AddSettingAsync(database, "key");

        var files = Directory.GetFiles(_directory.Path);

        Assert.Equal(["berth.db", "berth.db-shm", "berth.db-wal"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        using (var newer = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving))
        {
            await newer.WriteAsync(
                session => session.Execute("INSERT INTO migration (version, berth_version) VALUES (99, '7.8.9')")
                    + session.Execute("PRAGMA user_version = 99"),
                TestContext.Current.CancellationToken);
        }

        var before = await File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken);
        var failure = Assert.Throws<StorageUnusableException>(() => SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving));

        Assert.Contains("schema 99, written by berth 7.8.9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("use berth 7.8.9 or newer", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(DatabaseFile, new string('x', 5000));

        var failure = Assert.Throws<StorageUnusableException>(() => SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving));

        Assert.Contains(DatabaseFile, failure.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(DatabaseFile));
    }

    [Fact]
    public void Many_processes_may_make_the_database_at_once()
    {
        Parallel.For(0, 8, _ => SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving).Dispose());

        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        Assert.Equal(0, database.Read(session => session.FindNumber("SELECT count(*) - max(version) FROM migration")));
    }

    [Fact]
    public async Task Two_processes_may_write_at_once()
    {
        using var serving = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        using var command = SqliteDatabase.Open(DatabaseFile, SqliteUse.Command);

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, async (i, _) =>
            await AddSettingAsync(i % 2 == 0 ? serving : command, $"key {i}"));

        Assert.Equal(200, serving.Read(session => session.FindNumber("SELECT count(*) FROM setting")));
        Assert.Equal(200, command.Read(session => session.FindNumber("SELECT count(*) FROM setting")));
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);

        Assert.Throws<SqliteException>(
            () => database.Read(session => session.Execute("INSERT INTO setting (key, value) VALUES ('k', 'v')")));

        await AddSettingAsync(database, "k");
    }

    public void Dispose() => _directory.Dispose();

    private static async Task AddSettingAsync(SqliteDatabase database, string key) =>
        await new SqliteSettingStore(database).GetOrAddSettingAsync(key, () => "value", TestContext.Current.CancellationToken);

    private static string[] Settings(SqliteDatabase database)
    {
        string[] names = ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint"];
        return database.Read(session => names.Select(name => $"{session.Scalar($"PRAGMA {name}")}").ToArray());
    }
}
