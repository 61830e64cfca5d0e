namespace Berth.Server.Backup;

/// <summary>What a restore brought back.</summary>
/// <param name="Missing">Digests of content that the backup does not have, or not unharmed.</param>
internal sealed record RestoreReport(string Directory, string Backup, string Data, long Blobs, long Bytes, string[] Missing);

/// <summary>One backup in a list.</summary>
/// <param name="Blobs">Null, like the others, when its table of contents cannot be read.</param>
internal sealed record BackupLine(string Backup, long? Blobs, long? Bytes, long? NewBytes, long? MissingBlobs, string? BerthVersion, bool Complete)
{
    public static BackupLine Of(StoredBackup backup) => new(
        backup.Name,
        backup.Table?.Blobs,
        backup.Table?.Bytes,
        backup.Table?.NewBytes,
        backup.Table?.MissingBlobs,
        backup.Table?.BerthVersion,
        backup.Table?.IsComplete ?? false);

    public string ToText() => Blobs is null
        ? $"{Backup}  its table of contents cannot be read"
        : $"{Backup}  {Blobs} blobs, {FreeSpace.Text(Bytes!.Value)}, {FreeSpace.Text(NewBytes!.Value)} new"
            + (Complete ? "" : $"; incomplete: {MissingBlobs} missing or damaged");
}
