using System.Text.Json;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Commands;
using Berth.Registry.Tests.Storage;
using Berth.Registry.Tests.Upkeep;
using Berth.Registry.Upkeep;
using Berth.Server.Doctor;

namespace Berth.Registry.Tests.Doctor;

/// <summary>The faults are real ones, beside a server that runs.</summary>
public sealed class DoctorCommandTests : IAsyncLifetime
{
    private readonly BerthServer _server = new();

    private RegistryPushes Registry => new(_server);

    private StoredFiles Files => new(_server.Data);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_check_tells_one_finding_a_line_with_its_fix()
    {
        await Registry.PushAsync("content");

        var run = await CommandRun.OfAsync("", "doctor", "--data", _server.Data);

        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(
            [
                "disk space", "inodes", "sync latency", "rights", "certificate", "database", "schema", "clock", "files", "orphans", "quarantine",
                "collection", "scrub", "backup",
            ],
            lines.Select(line => line[6..18].TrimEnd()));
        Assert.All(lines.Where(line => !line.StartsWith("OK", StringComparison.Ordinal)), line => Assert.Contains(" -> ", line, StringComparison.Ordinal));
        Assert.Equal("", run.Error);
        Assert.Empty(Directory.EnumerateFiles(_server.Data, ".doctor*"));
    }

    [Fact]
    public async Task A_lost_file_is_told_and_fails()
    {
        var digest = await Registry.PushAsync("content");
        File.Delete(Files.Blob(digest));
        await AssertFoundAsync("fail", "files", $"1 of a sample of 1 blobs lack their file or have one of another length, first {digest}", 1);
    }

    [Fact]
    public async Task A_file_of_another_length_is_told_and_fails()
    {
        var digest = await Registry.PushAsync("content");
        Files.Truncate(digest);
        await AssertFoundAsync("fail", "files", "1 of all 1 blobs", 1, "--full");
    }

    [Fact]
    public async Task Quarantined_content_is_told_until_it_is_healed_and_its_file_then()
    {
        var digest = await Registry.PushAsync("content");
        Files.FlipBit(digest);
        await CommandRun.OfAsync("", "scrub", "--data", _server.Data);
        await AssertFoundAsync("fail", "quarantine", $"1 blobs are corrupt or missing and cannot be pulled, first {digest}", 1);

        await Registry.PushAsync("content");
        await AssertFoundAsync("warn", "quarantine", "holds 1 corrupt files", 0);
    }

    [Fact]
    public async Task A_damaged_database_is_told_and_fails()
    {
        for (var i = 0; i < 200; i++)
            Execute($"INSERT INTO setting (key, value) VALUES ('{i}', '{new string('x', 500)}')");
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var file = Path.Combine(_server.Data, "berth.db");
        using (var database = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            database.Position = database.Length - 8192;
            database.Write(new byte[8192]);
        }

        await AssertFoundAsync("fail", "database", "", 1);
    }

    [Fact]
    public async Task What_is_no_database_is_told_and_fails()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["berth.db"], new string('x', 10_000));
        var run = await CommandRun.OfAsync("", "doctor", "--data", directory.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL  database     it cannot be read: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_a_newer_version_is_told_and_nothing_is_changed()
    {
        Execute("PRAGMA user_version = 999");
        await AssertFoundAsync("fail", "schema", "is 999, this version knows", 1);
    }

    [Fact]
    public async Task The_schema_of_an_older_version_is_told_and_nothing_is_changed()
    {
        Execute("PRAGMA user_version = 2");
        await AssertFoundAsync("warn", "schema", "is 2, this version knows", 0);
        Assert.Equal(2L, Files.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task Data_that_others_may_read_is_told()
    {
        File.SetUnixFileMode(_server.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        await AssertFoundAsync("warn", "rights", "is open to other users (704)", 0);
    }

    [Fact]
    public async Task Content_from_the_future_tells_that_the_clock_is_wrong()
    {
        await Registry.PushAsync("content");
        Execute("UPDATE blob SET created = created + 3600000");
        await AssertFoundAsync("fail", "clock", "but something was stored at", 1);
    }

    [Fact]
    public async Task A_failed_collection_is_told_and_fails()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Execute($"INSERT INTO upkeep (kind, started, beat, finished, problem) VALUES ('collection', {now}, {now}, {now}, 'no room')");
        await AssertFoundAsync("fail", "collection", "failed 0 seconds ago: no room", 1);
    }

    [Fact]
    public async Task An_old_backup_is_told_and_fails()
    {
        await AssertFoundAsync("warn", "backup", "was never made", 0);
        var then = TimeProvider.System.GetUtcNow().AddDays(-8).ToUnixTimeMilliseconds();
        Execute($"INSERT INTO upkeep (kind, started, beat, finished) VALUES ('backup', {then}, {then}, {then})");
        await AssertFoundAsync("fail", "backup", "is 8 days old, more than 7 days", 1);
    }

    [Fact]
    public async Task Files_without_rows_are_told_when_they_are_old()
    {
        var digest = TestImage.DigestOf("orphan");
        Files.Put(Files.Blob(digest), "orphan");
        await AssertFoundAsync("ok", "orphans", "none among 1 files", 0);

        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow() + StrayFiles.OrphanAge + TimeSpan.FromMinutes(1));
        var scene = new Scene(Berth.Server.Storage.DataDirectory.OpenExisting(_server.Data), new(), later, Full: false);
        Assert.Contains(
            Examination.Run(scene), finding => finding is { Level: FindingLevel.Warn, Check: "orphans", Seen: "1 of 1 files with 6 B have no row" });
    }

    [Fact]
    public async Task A_full_disk_is_told_and_fails()
    {
        await using var tiny = await TinyFileSystem.MountAsync("size=8m");
        using (Berth.Server.Storage.SqliteDatabase.Open(
            Berth.Server.Storage.DataDirectory.Open(Path.Combine(tiny.Path, "data")).DatabaseFile, Berth.Server.Storage.SqliteUse.Command))
        {
        }

        tiny.Fill();
        var run = await CommandRun.OfAsync("", "doctor", "--data", Path.Combine(tiny.Path, "data"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAIL  disk space   0 B of 8.4 MB free (0 %)", run.Output, StringComparison.Ordinal);
        Assert.Contains("FAIL  sync latency the data directory cannot be written: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_data_is_named_and_not_made()
    {
        using var directory = new TemporaryDirectory();
        (await CommandRun.OfAsync("", "doctor", "--data", directory["mistyped"])).AssertFailed(1, directory["mistyped"]);
        Assert.False(Directory.Exists(directory["mistyped"]));
    }

    private void Execute(string sql) => Files.Scalar(sql);

    private async Task AssertFoundAsync(string level, string check, string seen, int exitCode, params string[] arguments)
    {
        var run = await CommandRun.OfAsync("", ["doctor", "--output", "json", "--data", _server.Data, .. arguments]);
        var finding = JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .Where(finding => finding.GetProperty("check").GetString() == check).MaxBy(finding => finding.GetProperty("level").GetString() == level);
        Assert.Equal(level, finding.GetProperty("level").GetString());
        Assert.Contains(seen, finding.GetProperty("seen").GetString(), StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }
}
