using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Backup;

/// <summary>Makes a data directory of a backup. Every byte is hashed on the way.</summary>
internal sealed class RestoreRun(BackupDirectory directory, StoredBackup backup, RestoreTarget target, TimeProvider time)
{
    /// <param name="allowMissing">Restore what there is, and mark the rest as damaged, instead of refusing.</param>
    /// <returns>With what is missing: if there is any and that is not allowed, nothing was restored.</returns>
    /// <exception cref="BackupFailedException">The backup cannot be used, or the target not written.</exception>
    public async Task<RestoreReport> RunAsync(string data, bool allowMissing, CancellationToken cancellationToken)
    {
        try
        {
            return await RestoreAsync(data, allowMissing, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BackupFailedException($"the backup {backup.Name} could not be restored: {e.Message}", e);
        }
    }

    private async Task<RestoreReport> RestoreAsync(string data, bool allowMissing, CancellationToken cancellationToken)
    {
        var table = backup.RequireTable();
        if (table.Schema > SqliteMigrations.Newest)
        {
            throw new BackupFailedException(
                $"the backup {backup.Name} has schema {table.Schema}, written by berth {table.BerthVersion}; this is berth {SqliteMigrations.BerthVersion}, "
                + $"which knows schema {SqliteMigrations.Newest} at most: use berth {table.BerthVersion} or newer");
        }

        FreeSpace.Require(target.Building, table.Bytes + table.DatabaseBytes, $"the backup {backup.Name}");
        CopyDatabase(table);
        await RestoredDatabase.PrepareAsync(target.DatabaseFile, time.GetUtcNow(), cancellationToken);
        var contents = CopiedDatabase.ReadContents(target.DatabaseFile);
        var bad = await ContentWork.RunAsync(contents, Copy, cancellationToken);
        string[] missing = [.. bad.Select(item => item.Content.Digest.ToString())];
        if (missing.Length > 0 && allowMissing)
            await RestoredDatabase.MarkDamagedAsync(target.DatabaseFile, missing, time.GetUtcNow(), cancellationToken);
        if (missing.Length == 0 || allowMissing)
            target.Commit();
        var bytes = contents.Sum(content => content.Size) - bad.Sum(item => item.Content.Size);
        return new RestoreReport(directory.Root, backup.Name, data, contents.Count - bad.Count, bytes, missing);
    }

    private void CopyDatabase(BackupTable table)
    {
        var content = new Content(Oci.Digest.Parse(table.DatabaseDigest), table.DatabaseBytes);
        var (file, problem) = VerifiedCopy.TryOpen(backup.DatabaseFile);
        if (file is not null)
        {
            using (file)
                problem = VerifiedCopy.Write(file, target.DatabaseFile, content, CancellationToken.None);
        }

        if (problem is not ContentState.Good)
        {
            throw new BackupFailedException(
                $"the database of the backup {backup.Name} is {problem.ToString().ToLowerInvariant()}: restore another one, 'berth backup list' shows them");
        }
    }

    private ContentState Copy(Content content, CancellationToken cancellationToken)
    {
        var (file, problem) = VerifiedCopy.TryOpen(directory.Content.PathOf(content.Digest));
        if (file is null)
            return problem;
        using (file)
        {
            var path = BackupContent.PathIn(target.Blobs, content.Digest);
            BackupContent.PrepareShard(path);
            var state = VerifiedCopy.Write(file, path, content, cancellationToken);
            if (state is not ContentState.Good)
                File.Delete(path);
            return state;
        }
    }
}
