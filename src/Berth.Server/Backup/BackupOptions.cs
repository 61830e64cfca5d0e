namespace Berth.Server.Backup;

/// <param name="Verify">Also hash what earlier backups copied.</param>
/// <param name="Link">Give content another name instead of copying it, where source and target are one file system.</param>
/// <param name="Keep">How many backups stay; null for all.</param>
internal sealed record BackupOptions(bool Verify = false, bool Link = false, int? Keep = null);
