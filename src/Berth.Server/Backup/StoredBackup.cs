namespace Berth.Server.Backup;

/// <summary>One backup of a directory of backups.</summary>
/// <param name="Name">Its time.</param>
/// <param name="Table">Null when the file is there and cannot be read.</param>
internal sealed record StoredBackup(string Name, string Path, BackupTable? Table)
{
    public string DatabaseFile => System.IO.Path.Combine(Path, BackupDirectory.DatabaseName);

    /// <exception cref="BackupFailedException">It cannot be read, or a newer version wrote it.</exception>
    public BackupTable RequireTable() => Table switch
    {
        null => throw new BackupFailedException($"'{Path}/{BackupDirectory.TableName}' cannot be read: 'berth backup list' shows the other backups"),
        { Format: > BackupTable.NewestFormat } => throw new BackupFailedException(
            $"the backup {Name} was written by berth {Table.BerthVersion} in a form that this version does not know: use berth {Table.BerthVersion} or newer"),
        _ => Table,
    };
}
