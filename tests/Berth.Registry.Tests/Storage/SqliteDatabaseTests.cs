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

    [Fact]
    public async Task Writes_that_wait_for_one_another_are_made_durable_together()
    {
        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        using var gate = new ManualResetEventSlim();
        var first = Hold(database, gate);
        var before = database.Version;
        var waiting = Enumerable.Range(0, 20).Select(i => AddSettingAsync(database, $"key {i}")).ToList();

        gate.Set();
        await Task.WhenAll([first, .. waiting]);

        Assert.InRange(database.Version - before, 2, 3); // the one that waited at the gate, the twenty, and perhaps one that was quick
        Assert.Equal(20, database.Read(session => session.FindNumber("SELECT count(*) FROM setting")));
    }

    [Fact]
    public async Task A_write_that_fails_among_others_is_undone_alone()
    {
        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        using var gate = new ManualResetEventSlim();
        var first = Hold(database, gate);
        var good = AddSettingAsync(database, "good");
        var bad = FailAsync(database, new InvalidOperationException("no"));
        var constraint = AddTwiceAsync(database);
        var better = AddSettingAsync(database, "better");

        gate.Set();
        await Task.WhenAll(first, good, better);

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        await Assert.ThrowsAsync<SqliteException>(() => constraint);
        Assert.Equal(
            ["better", "good"], database.Read(session => session.List("SELECT key FROM setting ORDER BY key", row => row.GetString(0))));
    }

    [Fact]
    public async Task A_write_whose_caller_leaves_before_its_turn_does_not_happen()
    {
        using var database = SqliteDatabase.Open(DatabaseFile, SqliteUse.Serving);
        using var gate = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var first = Hold(database, gate);
        var left = database.WriteAsync(
            session => session.Execute("INSERT INTO setting (key, value) VALUES ('left', 'v')"), gone.Token).AsTask();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.Set();
        await first;
        await AddSettingAsync(database, "stayed");

        Assert.Equal("stayed", database.Read(session => session.Scalar("SELECT key FROM setting")));
    }

    public void Dispose() => _directory.Dispose();

    private static Task<bool> Hold(SqliteDatabase database, ManualResetEventSlim gate)
    {
        var begun = new ManualResetEventSlim();
        var held = database.WriteAsync(
            _ =>
            {
                begun.Set();
                gate.Wait(TestContext.Current.CancellationToken);
                return true;
            },
            TestContext.Current.CancellationToken).AsTask();
        begun.Wait(TestContext.Current.CancellationToken);
        return held;
    }

    private static async Task FailAsync(SqliteDatabase database, Exception exception) =>
        await database.WriteAsync<bool>(
            session =>
            {
                session.Execute("INSERT INTO setting (key, value) VALUES ('bad', 'v')");
                throw exception;
            },
            TestContext.Current.CancellationToken);

    private static async Task AddTwiceAsync(SqliteDatabase database) =>
        await database.WriteAsync(
            session => session.Execute("INSERT INTO setting (key, value) VALUES ('twice', 'v')")
                + session.Execute("INSERT INTO setting (key, value) VALUES ('twice', 'v')"),
            TestContext.Current.CancellationToken);

    private static async Task AddSettingAsync(SqliteDatabase database, string key) =>
        await new SqliteSettingStore(database).GetOrAddSettingAsync(key, () => "value", TestContext.Current.CancellationToken);

    private static string[] Settings(SqliteDatabase database)
    {
        string[] names = ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint"];
        return database.Read(session => names.Select(name => $"{session.Scalar($"PRAGMA {name}")}").ToArray());
    }
}
