using Berth.Oci;

namespace Berth.Server.Backup;

/// <summary>Removes backups that newer ones replace, and content that none of the others names.</summary>
internal sealed class BackupPruning(BackupDirectory directory)
{
    public IReadOnlyList<string> RemovedBackups { get; private set; } = [];

    public long RemovedBlobs { get; private set; }

    public long RemovedBytes { get; private set; }

    /// <exception cref="BackupFailedException">A backup that stays cannot be read, so nobody knows what it needs.</exception>
    public void Run(int keep)
    {
        var all = directory.List();
        var needed = new HashSet<Digest>();
        foreach (var backup in all.TakeLast(keep))
            needed.UnionWith(ContentsOf(backup).Select(content => content.Digest));

        var old = all.SkipLast(keep).ToArray();
        foreach (var backup in old)
            BackupDirectory.Remove(backup);
        RemovedBackups = [.. old.Select(backup => backup.Name)];
        foreach (var (_, file) in directory.Content.List().Where(entry => !needed.Contains(entry.Digest)).ToArray())
        {
            RemovedBlobs++;
            RemovedBytes += file.Length;
            file.Delete();
        }
    }

    private static List<Content> ContentsOf(StoredBackup backup) => StoreVerification.IsDatabaseWhole(backup)
        ? CopiedDatabase.ReadContents(backup.DatabaseFile)
        : throw new BackupFailedException(
            $"nothing was removed: the backup {backup.Name} is damaged, so it is not known what it needs. Remove '{backup.Path}' if it is not wanted");
}
