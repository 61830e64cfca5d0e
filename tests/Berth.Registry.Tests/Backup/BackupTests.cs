using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Server.Backup;
using Berth.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Backup;

/// <summary>What berth backup writes, and what it says.</summary>
public sealed class BackupTests() : BackedUpRegistry(new BerthServer())
{
    [Fact]
    public async Task A_backup_holds_all_content_and_the_next_one_copies_only_what_is_new()
    {
        await PushImageAsync("1.0", "first layer");
        var first = await BackUpWellAsync();
        await PushImageAsync("2.0", "second, longer layer");
        var second = await BackUpWellAsync();
        var third = await BackUpWellAsync();

        Assert.Equal((2, 13, 2, 13), (first.Blobs, first.Bytes, first.NewBlobs, first.NewBytes));
        Assert.Equal((3, 33, 1, 20), (second.Blobs, second.Bytes, second.NewBlobs, second.NewBytes));
        Assert.Equal((3, 33, 0, 0), (third.Blobs, third.Bytes, third.NewBlobs, third.NewBytes));
        Assert.Equal("second, longer layer", await File.ReadAllTextAsync(StoredFile(DigestOf("second, longer layer")), Cancelled));
    }

    [Fact]
    public async Task What_a_backup_writes_is_for_its_owner_alone()
    {
        await PushImageAsync("1.0");
        await BackUpWellAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Backups));
        Assert.All(
            Directory.EnumerateDirectories(Backups, "*", SearchOption.AllDirectories),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
        Assert.All(
            Directory.EnumerateFiles(Backups, "*", SearchOption.AllDirectories),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task The_server_is_told_that_a_backup_was_made()
    {
        var report = await BackUpWellAsync();

        Assert.Equal(1L, Ask("SELECT count(*) FROM upkeep WHERE kind = 'backup' AND finished >= started AND problem IS NULL"));
        Assert.Contains(report.Backup, (string)Ask("SELECT report FROM upkeep WHERE kind = 'backup'")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_backup_is_under_way_its_beat_is_renewed()
    {
        using var stores = SingleNodeStores.OpenForCommand(Server.Data, TimeProvider.System);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using (var mark = await BackupMark.BeginAsync(stores.Upkeep, time, Cancelled))
        {
            Assert.Equal(1L, Ask("SELECT count(*) FROM upkeep WHERE kind = 'backup' AND finished IS NULL AND beat = started"));
            time.Advance(BackupMark.BeatInterval);
        }

        Assert.Equal((long)BackupMark.BeatInterval.TotalMilliseconds, Ask("SELECT beat - started FROM upkeep WHERE kind = 'backup' AND finished IS NULL"));
    }

    [Fact]
    public async Task Content_that_was_moved_into_the_trash_after_the_database_was_copied_is_found_there()
    {
        await PushImageAsync("1.0", "moved");
        var digest = DigestOf("moved");
        Directory.CreateDirectory(Path.GetDirectoryName(ServedFile(digest, "trash"))!);
        File.Move(ServedFile(digest), ServedFile(digest, "trash"));

        await BackUpWellAsync();

        Assert.Equal("moved", await File.ReadAllTextAsync(StoredFile(digest), Cancelled));
    }

    [Fact]
    public async Task Content_in_the_trash_is_not_copied()
    {
        var digest = await PushBlobAsync("in the trash");
        Ask($"DELETE FROM repository_blob");
        Ask($"UPDATE blob SET trashed = 1 WHERE digest = '{digest}'");

        Assert.Equal(0, (await BackUpWellAsync()).Blobs);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    public async Task Content_that_the_registry_has_lost_is_named_and_everything_else_is_copied(string problem)
    {
        await PushImageAsync("1.0", "lost");
        var digest = DigestOf("lost");
        if (problem == "missing")
            File.Delete(ServedFile(digest));
        else
            Flip(ServedFile(digest));

        var run = await BackUpAsync("--output", "json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{digest} of {Repository} is {problem}", run.Error, StringComparison.Ordinal);
        var report = Report(run);
        Assert.Equal((1, 1), (report.Blobs, report.MissingBlobs));
        Assert.Equal([Repository], Assert.Single(report.Missing).Repositories);
        Assert.False(File.Exists(StoredFile(digest)));
        Assert.NotNull(Ask("SELECT problem FROM upkeep WHERE kind = 'backup' AND finished IS NOT NULL"));
        Assert.Contains("incomplete: 1 missing", (await RunAsync("backup", "list", Backups)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_byte_in_the_store_is_found_by_verifying_and_copied_again()
    {
        await PushImageAsync("1.0", "precious");
        await BackUpWellAsync();
        Flip(StoredFile(DigestOf("precious")));
        Assert.Equal(0, (await BackUpWellAsync()).NewBlobs);

        var verified = await BackUpWellAsync("--verify");

        Assert.Equal((2, 1, 1), (verified.VerifiedBlobs, verified.HealedBlobs, verified.NewBlobs));
        Assert.Equal("precious", await File.ReadAllTextAsync(StoredFile(DigestOf("precious")), Cancelled));
    }

    [Fact]
    public async Task A_flipped_byte_that_only_an_earlier_backup_needs_is_said_and_never_taken_for_good()
    {
        await PushImageAsync("1.0", "precious");
        await BackUpWellAsync();
        var digest = DigestOf("precious");
        Ask("PRAGMA foreign_keys = OFF");
        Ask($"DELETE FROM manifest_blob; DELETE FROM repository_blob; DELETE FROM manifest; UPDATE blob SET trashed = 1");
        Flip(StoredFile(digest));

        var run = await BackUpAsync("--verify", "--output", "json", "--keep", "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{digest} is damaged in", run.Error, StringComparison.Ordinal);
        Assert.Equal([digest.ToString()], Report(run).DamagedEarlier);
        Assert.Empty(Report(run).RemovedBackups);
        Assert.False(File.Exists(StoredFile(digest)));
    }

    [Fact]
    public async Task Older_backups_go_with_the_content_that_only_they_need()
    {
        var manifest = await PushImageAsync("1.0", "old");
        var first = await BackUpWellAsync();
        await DeleteAsync($"/v2/{Repository}/manifests/{DigestOf(manifest)}");
        Ask($"DELETE FROM repository_blob WHERE blob_id = (SELECT id FROM blob WHERE digest = '{DigestOf("old")}')");
        Ask($"UPDATE blob SET trashed = 1 WHERE digest = '{DigestOf("old")}'");
        await PushImageAsync("2.0", "new");
        var second = await BackUpWellAsync();

        var third = await BackUpWellAsync("--keep", "2");
        Assert.Equal([first.Backup], third.RemovedBackups);
        Assert.Equal((1, 3), (third.RemovedBlobs, third.RemovedBytes));

        Assert.False(File.Exists(StoredFile(DigestOf("old"))));
        Assert.Equal([second.Backup, third.Backup], BackupDirectory.ListWithoutLock(Backups).Select(backup => backup.Name));
        await RestoreWellAsync();
    }

    [Fact]
    public async Task A_registry_that_lost_content_does_not_rotate_the_backups_away_that_have_it()
    {
        await PushImageAsync("1.0", "lost");
        var good = await BackUpWellAsync();
        File.Delete(ServedFile(DigestOf("lost")));
        File.Delete(StoredFile(DigestOf("lost")));

        var run = await BackUpAsync("--keep", "1", "--output", "json");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(Report(run).RemovedBackups);
        Assert.Equal(good.Backup, BackupDirectory.ListWithoutLock(Backups)[0].Name);
    }

    [Fact]
    public async Task Links_are_made_only_where_they_are_asked_for()
    {
        await PushImageAsync("1.0", "linked");
        var report = await BackUpWellAsync("--link");
        Assert.Equal(2, report.NewBlobs);
        await using (var same = new FileStream(ServedFile(DigestOf("linked")), FileMode.Append))
            same.WriteByte(1);
        Assert.Equal(7, new FileInfo(StoredFile(DigestOf("linked"))).Length);

        Assert.Equal(1, (await BackUpAsync("--verify")).ExitCode);
    }

    [Fact]
    public async Task A_second_backup_into_the_same_directory_is_refused_while_one_is_under_way()
    {
        await PushImageAsync("1.0");
        using (BackupDirectory.OpenForWriting(Backups))
            (await BackUpAsync()).AssertFailed(1, "in use by another 'berth backup'");

        using (var stores = SingleNodeStores.OpenForCommand(Server.Data, TimeProvider.System))
        using (stores.Directory.TryLock(SqliteUpkeepStore.Backup))
            (await RunAsync("backup", Elsewhere, "--data", Server.Data)).AssertFailed(1, "another backup of");

        await BackUpWellAsync();
        using (BackupDirectory.OpenForReading(Backups))
            (await BackUpAsync()).AssertFailed(1, "in use by another");
    }

    [Fact]
    public async Task A_directory_that_holds_something_else_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Backups);
        await File.WriteAllTextAsync(Path.Combine(Backups, "thesis.txt"), "mine", Cancelled);

        (await BackUpAsync()).AssertFailed(1, "'thesis.txt' is in it");

        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(Backups).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_backup_into_the_data_directory_itself_is_refused()
    {
        (await RunAsync("backup", Path.Combine(Server.Data, "backups"), "--data", Server.Data)).AssertFailed(1, "part of the registry's own data directory");
        (await RunAsync("backup", Server.Data, "--data", Server.Data)).AssertFailed(1, "part of the registry's own data directory");
    }

    [Fact]
    public async Task A_wrong_command_line_is_refused()
    {
        (await BackUpAsync("--keep", "0")).AssertFailed(2, "from 1 on");
        (await RunAsync("backup", Backups, "--data", Elsewhere)).AssertFailed(1, "holds no registry data");
        (await RunAsync("backup", "list", Elsewhere)).AssertFailed(1, "holds no backups");
        Assert.False(Directory.Exists(Backups));
    }

    [Fact]
    public async Task Sha512_content_is_copied_too()
    {
        var digest = DigestOf("long hash", DigestAlgorithm.Sha512);
        using var pushed = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", "long hash");
        Assert.Equal(1, (await BackUpWellAsync()).Blobs);
        await RestoreWellAsync();
    }
}
