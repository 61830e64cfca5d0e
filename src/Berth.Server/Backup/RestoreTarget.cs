using Berth.Server.Storage;

namespace Berth.Server.Backup;

/// <summary>
/// A data directory that is built beside the place where it belongs and gets there by one rename, when all of it is on the disk. Until then
/// there is nothing that a server could start with.
/// </summary>
internal sealed class RestoreTarget : IDisposable
{
    private readonly string _root;
    private readonly FileStream _lock;
    private bool _committed;

    private RestoreTarget(string root, string building, FileStream @lock)
    {
        _root = root;
        Building = building;
        _lock = @lock;
    }

    /// <summary>Where it is built.</summary>
    public string Building { get; }

    public string DatabaseFile => Path.Combine(Building, "berth.db");

    public string Blobs => Path.Combine(Building, "blobs");

    /// <exception cref="BackupFailedException">There is something already, or it cannot be written.</exception>
    public static RestoreTarget Open(string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var building = root + ".restoring";
        try
        {
            RequireNothing(root);
            RemoveLeftover(building);
            DurableFiles.CreateDirectory(building);
            RequireRename(root, building);
            DurableFiles.CreateDirectory(building);
            var target = new RestoreTarget(root, building, Lock(building, FileMode.CreateNew));
            DurableFiles.CreateDirectory(target.Blobs);
            DurableFiles.CreateDirectory(Path.Combine(building, "uploads"));
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException(
                $"'{root}' cannot be restored into ({e.Message}): name a directory that is not there yet, below one that this user may write to", e);
        }
    }

    /// <exception cref="IOException">It is as if nothing had been restored.</exception>
    public void Commit()
    {
        BackupContent.SyncTree(Building);
        DurableFiles.Rename(Building, _root);
        _committed = true;
        DurableFiles.SyncDirectory(Path.GetDirectoryName(_root)!);
    }

    public void Dispose()
    {
        if (!_committed)
            Directory.Delete(Building, recursive: true);
        _lock.Dispose();
    }

    private static void RequireNothing(string root)
    {
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
            throw new BackupFailedException($"'{root}' is not empty: restore into a directory that is not there yet, or move this one away first");
    }

    /// <summary>A directory that is empty is replaced, unless a file system is mounted there: that is better known now than after hours.</summary>
    private static void RequireRename(string root, string building)
    {
        if (!Directory.Exists(root))
            return;
        try
        {
            DurableFiles.Rename(building, root);
        }
        catch (IOException)
        {
            Directory.Delete(building);
            throw;
        }
    }

    /// <summary>Of a restore that was killed, which holds its lock no longer.</summary>
    private static void RemoveLeftover(string building)
    {
        if (!Directory.Exists(building))
            return;
        using (Lock(building, FileMode.OpenOrCreate))
            Directory.Delete(building, recursive: true);
    }

    /// <summary>The lock of the data directory itself, so that no server starts in it too early.</summary>
    private static FileStream Lock(string building, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(building, "lock"), PrivateFile.Options(mode, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            throw new BackupFailedException($"another 'berth restore' is writing '{building}': wait until it has ended", e);
        }
    }
}
