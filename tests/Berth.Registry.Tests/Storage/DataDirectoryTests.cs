using Berth.Server.Storage;

namespace Berth.Registry.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Root => _directory["new/data"];

    [Fact]
    public void A_new_directory_is_made_for_its_owner_alone()
    {
        DataDirectory.Open(Root);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Root));
        Assert.True(Directory.Exists(Path.Combine(Root, "blobs")));
        Assert.True(Directory.Exists(Path.Combine(Root, "uploads")));
    }

    [Fact]
    public void One_server_at_a_time_may_use_it()
    {
        var first = DataDirectory.Open(Root).LockForServing();

        var failure = Assert.Throws<StorageUnusableException>(() => DataDirectory.Open(Root).LockForServing());
        Assert.Contains($"Another 'berth serve' is using '{Root}'", failure.Message, StringComparison.Ordinal);

        first.Dispose();
        DataDirectory.Open(Root).LockForServing().Dispose();
    }

    [Fact]
    public async Task A_lock_is_seen_by_other_processes_and_given_back()
    {
        var serving = DataDirectory.Open(Root).LockForServing();

        var (locked, _) = await Command.RunAsync("flock", ["--nonblock", Path.Combine(Root, "lock"), "true"]);
        serving.Dispose();
        var (free, _) = await Command.RunAsync("flock", ["--nonblock", Path.Combine(Root, "lock"), "true"]);

        Assert.Equal((1, 0), (locked, free));
    }

    [Fact]
    public void Proving_that_it_can_be_written_leaves_nothing_behind()
    {
        DataDirectory.Open(Root).LockForServing().Dispose();

        Assert.Equal(["lock"], Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public void A_place_where_no_directory_can_be_made_is_refused()
    {
        File.WriteAllText(_directory["file"], "");

        var failure = Assert.Throws<StorageUnusableException>(() => DataDirectory.Open(_directory["file/data"]));

        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_is_refused_before_the_first_push()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        DataDirectory.Open(disk.Path).LockForServing().Dispose();
        await Command.RunOrFailAsync("mount", "-o", "remount,ro", disk.Path);

        var failure = Assert.Throws<StorageUnusableException>(() => DataDirectory.Open(disk.Path).LockForServing());

        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_on_another_file_system_than_blobs_are_refused_before_the_first_push()
    {
        await using var disk = await TinyFileSystem.MountAsync("size=1m");
        Directory.CreateDirectory(Root);
        File.CreateSymbolicLink(Path.Combine(Root, "uploads"), disk.Path);

        var failure = Assert.Throws<StorageUnusableException>(() => DataDirectory.Open(Root).LockForServing());

        Assert.Contains("Could not rename", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_makes_no_directory_where_there_is_none()
    {
        var failure = Assert.Throws<StorageUnusableException>(() => DataDirectory.OpenExisting(Root));

        Assert.Contains("holds no registry data", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void A_command_opens_what_a_server_is_using()
    {
        var directory = DataDirectory.Open(Root);
        using var serving = directory.LockForServing();
        using var database = SqliteDatabase.Open(directory.DatabaseFile, SqliteUse.Serving);

        using var beside = SqliteDatabase.Open(DataDirectory.OpenExisting(Root).DatabaseFile, SqliteUse.Command);

        Assert.Empty(beside.Read(session => session.List("SELECT name FROM account", row => row.GetString(0))));
    }

    public void Dispose() => _directory.Dispose();
}
