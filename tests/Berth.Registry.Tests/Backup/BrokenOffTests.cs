using Berth.Oci;
using Berth.Registry.Tests.Api;
using Berth.Registry.Tests.Storage;
using Berth.Server.Backup;

namespace Berth.Registry.Tests.Backup;

/// <summary>Backups and restores that are killed, or run out of room.</summary>
public sealed class BrokenOffTests() : BackedUpRegistry(new BerthServer())
{
    private const int Blobs = 12;
    private const int Killed = 137;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "berth");

    [Fact]
    public async Task A_backup_that_is_killed_leaves_the_earlier_one_whole_and_the_next_goes_on_with_what_was_copied()
    {
        await PushImageAsync("1.0", "first");
        var first = await BackUpWellAsync();
        var digests = await PushBlobsAsync();

        // When the one in the middle is opened: they are copied in the order in which they were pushed, four at a time.
        var middle = BackupContent.PathIn(Path.Combine(Server.Data, "blobs"), digests[Blobs / 2]);
        Assert.Equal(Killed, await RunAndKillAsync("openat", 1, ["-P", middle], "backup", Backups, "--data", Server.Data));
        Assert.Equal([first.Backup], BackupDirectory.ListWithoutLock(Backups).Select(backup => backup.Name));
        var copied = digests.Count(digest => File.Exists(StoredFile(digest)));
        Assert.InRange(copied, 1, Blobs - 1);
        Assert.Equal(0L, Ask("SELECT count(*) FROM upkeep WHERE finished IS NOT NULL"));

        var next = await BackUpWellAsync();
        Assert.Equal(Blobs - copied, next.NewBlobs);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Path.Combine(Backups, "backups")).Count());
        await RestoreWellAsync();
    }

    [Fact]
    public async Task A_backup_killed_at_any_sync_is_either_there_and_whole_or_not_there()
    {
        await PushBlobsAsync();
        var n = 1;
        while (await RunAndKillAsync("fsync", n, "backup", Backups, "--data", Server.Data) is Killed)
        {
            n += 5;
            Assert.All(
                Directory.Exists(Path.Combine(Backups, "backups")) ? BackupDirectory.ListWithoutLock(Backups) : [],
                backup => Assert.True(StoreVerification.IsDatabaseWhole(backup)));
        }

        Assert.True(n > 10, $"only {n} syncs");
        await RestoreWellAsync();
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_nothing_to_start_with_and_can_be_repeated()
    {
        await PushBlobsAsync();
        await BackUpWellAsync();
        var n = 1;
        while (await RunAndKillAsync("fsync", n, "restore", Backups, "--data", Restored) is Killed)
        {
            n += 7;
            Assert.False(Directory.Exists(Restored) && !IsWhole(), $"half a registry after being killed at sync {n}");
            if (Directory.Exists(Restored))
                Directory.Delete(Restored, recursive: true);
        }

        Assert.True(n > 14, $"only {n} syncs");
        Assert.True(IsWhole());
        Assert.False(Directory.Exists(Restored + ".restoring"));
    }

    [Fact]
    public async Task A_backup_that_does_not_fit_says_how_much_room_it_lacks_and_leaves_the_earlier_one()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        var backups = Path.Combine(disk.Path, "backups");
        await PushImageAsync("1.0", "small");
        Assert.Equal(0, (await RunAsync("backup", backups, "--data", Server.Data)).ExitCode);
        await PushImageAsync("2.0", new string('x', 1_000_000));

        (await RunAsync("backup", backups, "--data", Server.Data)).AssertFailed(1, "make room for");

        var left = Assert.Single(BackupDirectory.ListWithoutLock(backups));
        Assert.Equal(2, left.Table!.Blobs);
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(backups, "backups")));
        Assert.Contains("make room for", (string)Ask("SELECT problem FROM upkeep WHERE kind = 'backup'")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_in_the_middle_of_a_backup_ends_it_with_one_line_and_the_next_goes_on()
    {
        await PushBlobsAsync();

        // There is room for bytes, so it begins; there is none for so many files.
        await using var disk = await TinyFileSystem.MountAsync("size=8m,nr_inodes=20");
        var backups = Path.Combine(disk.Path, "backups");
        (await RunAsync("backup", backups, "--data", Server.Data)).AssertFailed(1, "could not be made");
        Assert.Empty(BackupDirectory.ListWithoutLock(backups));
        Assert.NotNull(Ask("SELECT problem FROM upkeep WHERE kind = 'backup' AND finished IS NOT NULL"));

        await Command.RunOrFailAsync("mount", "-o", "remount,nr_inodes=100", disk.Path);
        var next = Report(await RunAsync("backup", backups, "--data", Server.Data, "--output", "json"));
        Assert.Equal(Blobs, next.Blobs);
        Assert.InRange(next.NewBlobs, 1, Blobs - 1);
    }

    [Fact]
    public async Task A_registry_whose_own_disk_is_full_is_not_backed_up_and_says_so()
    {
        var (exitCode, output) = await Command.RunAsync(
            "strace",
            [
                "-f", "-qq", "-o", "/dev/null", "-P", Path.Combine(Server.Data, "berth.db-wal"), "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC",
                Program, "backup", Backups, "--data", Server.Data,
            ]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("berth: ", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_restore_that_does_not_fit_leaves_nothing()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        await PushImageAsync("2.0", new string('x', 2_000_000));
        await BackUpWellAsync();

        (await RunAsync("restore", Backups, "--data", Path.Combine(disk.Path, "data"))).AssertFailed(1, "make room for");

        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public async Task A_restore_whose_disk_fills_up_in_the_middle_leaves_nothing()
    {
        await PushBlobsAsync();
        await BackUpWellAsync();
        await using var disk = await TinyFileSystem.MountAsync("size=8m,nr_inodes=20");

        (await RunAsync("restore", Backups, "--data", Path.Combine(disk.Path, "data"))).AssertFailed(1, "could not be restored");

        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Fact]
    public async Task A_mount_point_is_refused_before_anything_is_copied()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        await BackUpWellAsync();

        (await RunAsync("restore", Backups, "--data", disk.Path)).AssertFailed(1, "name a directory that is not there yet");

        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
        Assert.False(Directory.Exists(disk.Path + ".restoring"));
    }

    private async Task<Digest[]> PushBlobsAsync()
    {
        var digests = new Digest[Blobs];
        for (var i = 0; i < Blobs; i++)
            digests[i] = await PushBlobAsync($"blob {i} of {Repository}");
        return digests;
    }

    private bool IsWhole() => Ask("PRAGMA integrity_check", Path.Combine(Restored, "berth.db")) is "ok"
        && Directory.EnumerateFiles(Path.Combine(Restored, "blobs"), "*", SearchOption.AllDirectories).Count() == Blobs;

    private Task<int> RunAndKillAsync(string call, int n, params string[] arguments) => RunAndKillAsync(call, n, [], arguments);

    /// <summary>Runs the program in a process of its own, which is killed at the nth call that one of its threads makes.</summary>
    /// <param name="which">More that strace is told of which calls count.</param>
    private async Task<int> RunAndKillAsync(string call, int n, string[] which, params string[] arguments)
    {
        string[] kill = ["-e", $"trace={call}", "-e", $"inject={call}:signal=KILL:when={n}"];
        var (exitCode, output) = await Command.RunAsync("strace", ["-f", "-qq", "-o", Elsewhere, .. which, .. kill, Program, .. arguments]);
        Assert.True(exitCode is 0 or Killed, $"{exitCode} {output}");
        return exitCode;
    }
}
