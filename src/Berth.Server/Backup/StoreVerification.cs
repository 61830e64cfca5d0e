using Berth.Oci;

namespace Berth.Server.Backup;

/// <summary>Reads and hashes what earlier backups put into the store.</summary>
internal sealed class StoreVerification(BackupDirectory directory)
{
    private long _verified;

    public long Verified => _verified;

    /// <returns>What of it has to be copied again.</returns>
    public async Task<IReadOnlyList<Content>> FindDamagedAsync(IEnumerable<Content> contents, CancellationToken cancellationToken) =>
        [.. (await ContentWork.RunAsync(contents, Check, cancellationToken)).Select(bad => bad.Content)];

    /// <summary>Content that only earlier backups name, and their databases. Damaged content is set aside.</summary>
    /// <returns>What is damaged, for people.</returns>
    public async Task<string[]> CheckEarlierAsync(IReadOnlySet<Digest> current, CancellationToken cancellationToken)
    {
        var others = directory.Content.List().Where(entry => !current.Contains(entry.Digest)).Select(entry => new Content(entry.Digest, entry.File.Length));
        var bad = await ContentWork.RunAsync(others, Check, cancellationToken);
        foreach (var (content, _) in bad)
            directory.Content.SetAside(content.Digest);
        return
        [
            .. bad.Select(item => item.Content.Digest.ToString()),
            .. directory.List().Where(backup => !IsDatabaseWhole(backup)).Select(backup => $"{backup.Name}/{BackupDirectory.DatabaseName}"),
        ];
    }

    public static bool IsDatabaseWhole(StoredBackup backup) =>
        backup.Table is { } table && File.Exists(backup.DatabaseFile) && CopiedDatabase.DigestOf(backup.DatabaseFile).ToString() == table.DatabaseDigest;

    private ContentState Check(Content content, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _verified);
        return VerifiedCopy.Check(directory.Content.PathOf(content.Digest), content, cancellationToken);
    }
}
