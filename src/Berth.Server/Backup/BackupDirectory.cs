using System.Text.Json;
using Berth.Server.Storage;

namespace Berth.Server.Backup;

/// <summary>
/// A directory of backups: <c>blobs/</c> with the content that they share, <c>backups/&lt;time&gt;/</c> with a copy of the database and a table
/// of contents each. A backup without its table does not exist.
/// </summary>
internal sealed class BackupDirectory : IDisposable
{
    public const string TableName = "backup.json";
    public const string DatabaseName = "berth.db";

    private const string LockName = "lock";
    private const string BlobsName = "blobs";
    private const string BackupsName = "backups";
    private const string DamagedName = "damaged";
    private const string Partial = ".partial";
    private const int LongestTable = 64 * 1024 * 1024;

    /// <summary>A file system made for backups has its own directory in it from the beginning.</summary>
    private static readonly string[] Known = [LockName, BlobsName, BackupsName, DamagedName, "lost+found"];

    private readonly FileStream? _lock;

    private BackupDirectory(string root, FileStream? @lock)
    {
        Root = root;
        _lock = @lock;
        Content = new BackupContent(Path.Combine(root, BlobsName), Path.Combine(root, DamagedName));
    }

    public string Root { get; }

    public BackupContent Content { get; }

    private string Backups => Path.Combine(Root, BackupsName);

    /// <summary>Reserves the directory for one backup at a time, and creates it when it is not there.</summary>
    /// <exception cref="BackupFailedException">It holds something else, another backup is under way, or it cannot be written.</exception>
    public static BackupDirectory OpenForWriting(string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            RequireOurs(root);
            DurableFiles.CreateDirectory(root);
            var directory = new BackupDirectory(root, Lock(root, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            DurableFiles.CreateDirectory(directory.Backups);
            DurableFiles.CreateDirectory(directory.Content.Root);
            directory.RemoveUnfinished();
            return directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException($"'{root}' cannot be written ({e.Message}): make it writable, or name another directory", e);
        }
    }

    /// <summary>Keeps content from being removed for as long as it is open; several may read at once.</summary>
    /// <exception cref="BackupFailedException">There are no backups, or one is being made.</exception>
    public static BackupDirectory OpenForReading(string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(Path.Combine(root, BackupsName)))
            throw new BackupFailedException($"'{root}' holds no backups: name the directory that 'berth backup' wrote to");
        return new BackupDirectory(
            root, File.Exists(Path.Combine(root, LockName)) ? Lock(root, FileMode.Open, FileAccess.Read, FileShare.Read) : null);
    }

    /// <summary>For who only looks: waits for nobody and keeps nobody from anything.</summary>
    /// <returns>The oldest first.</returns>
    public static IReadOnlyList<StoredBackup> ListWithoutLock(string path)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(Path.Combine(root, BackupsName))
            ? new BackupDirectory(root, null).List()
            : throw new BackupFailedException($"'{root}' holds no backups: name the directory that 'berth backup' wrote to");
    }

    /// <returns>The oldest first.</returns>
    public IReadOnlyList<StoredBackup> List() =>
    [
        .. Directory.EnumerateDirectories(Backups)
            .Where(path => BackupTime.IsName(Path.GetFileName(path)) && File.Exists(Path.Combine(path, TableName)))
            .Order(StringComparer.Ordinal)
            .Select(path => new StoredBackup(Path.GetFileName(path), path, ReadTable(Path.Combine(path, TableName)))),
    ];

    /// <summary>A directory of its own for what a backup writes before it exists.</summary>
    public string Begin(string name)
    {
        var path = Path.Combine(Backups, name + Partial);
        DurableFiles.CreateDirectory(path);
        return path;
    }

    /// <summary>From now on the backup exists, whatever happens.</summary>
    public void Complete(string name, BackupTable table)
    {
        var partial = Path.Combine(Backups, name + Partial);
        var file = Path.Combine(partial, TableName);
        using (var stream = new FileStream(file, PrivateFile.Options(FileMode.Create, FileAccess.Write, FileShare.None)))
        {
            JsonSerializer.Serialize(stream, table, BackupJson.Default.BackupTable);
            stream.Flush();
            DurableFiles.Sync(stream.SafeFileHandle, file);
        }

        DurableFiles.SyncDirectory(partial);
        DurableFiles.Rename(partial, Path.Combine(Backups, name));
        DurableFiles.SyncDirectory(Backups);
    }

    /// <summary>The table goes first: what is left when this is broken off is no backup any more.</summary>
    public static void Remove(StoredBackup backup)
    {
        File.Delete(Path.Combine(backup.Path, TableName));
        DurableFiles.SyncDirectory(backup.Path);
        Directory.Delete(backup.Path, recursive: true);
    }

    public void RemoveUnfinished()
    {
        foreach (var path in Directory.EnumerateDirectories(Backups))
        {
            var name = Path.GetFileName(path);
            var isPartial = name.EndsWith(Partial, StringComparison.Ordinal) && BackupTime.IsName(name[..^Partial.Length]);
            if (isPartial || (BackupTime.IsName(name) && !File.Exists(Path.Combine(path, TableName))))
                Directory.Delete(path, recursive: true);
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static void RequireOurs(string root)
    {
        if (!Directory.Exists(root))
            return;
        var stray = Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).FirstOrDefault(name => !Known.Contains(name));
        if (stray is not null)
        {
            throw new BackupFailedException(
                $"'{root}' is not empty and holds no backups ('{stray}' is in it): name an empty directory, or one that 'berth backup' wrote to");
        }
    }

    private static FileStream Lock(string root, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(root, LockName), PrivateFile.Options(mode, access, share));
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            throw new BackupFailedException($"'{root}' is in use by another 'berth backup' or 'berth restore': wait until that has ended", e);
        }
    }

    private static BackupTable? ReadTable(string file)
    {
        try
        {
            using var stream = new FileStream(file, PrivateFile.Options(FileMode.Open, FileAccess.Read, FileShare.Read));
            return stream.Length > LongestTable ? null : JsonSerializer.Deserialize(stream, BackupJson.Default.BackupTable);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
