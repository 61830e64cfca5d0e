namespace Berth.Server.Backup;

/// <summary>What a backup did.</summary>
/// <param name="Backup">Its name, which is its time.</param>
/// <param name="VerifiedBlobs">Content of earlier backups that was read and hashed again.</param>
/// <param name="HealedBlobs">Of these, what was damaged in the store and was copied again.</param>
/// <param name="Missing">What the registry does not have, or not unharmed. Not more than the first of it.</param>
/// <param name="DamagedEarlier">What is damaged in the store, needed by earlier backups, and cannot be copied again.</param>
/// <param name="RemovedBackups">Names of the backups that were removed because newer ones are kept.</param>
internal sealed record BackupReport(
    string Directory,
    string Backup,
    long Blobs,
    long Bytes,
    long NewBlobs,
    long NewBytes,
    long DatabaseBytes,
    long VerifiedBlobs,
    long HealedBlobs,
    long MissingBlobs,
    ContentProblem[] Missing,
    string[] DamagedEarlier,
    string[] RemovedBackups,
    long RemovedBlobs,
    long RemovedBytes)
{
    public bool HasProblems() => MissingBlobs > 0 || DamagedEarlier.Length > 0;
}
