using Berth.Server.Storage;

namespace Berth.Server.Backup;

/// <summary>Makes of a copied database one that agrees with the files that come with it.</summary>
internal static class RestoredDatabase
{
    /// <summary>
    /// Brings the schema up to date and forgets what was in the trash, which is not in a backup. The journal keeps what went, as purged. The
    /// backup that this comes from was under way when its database was copied; now it is one that succeeded.
    /// </summary>
    /// <exception cref="StorageUnusableException">A newer version wrote it.</exception>
    public static async Task PrepareAsync(string file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var database = SqliteDatabase.Open(file, SqliteUse.Serving);
        await database.WriteAsync(session => Forget(session, now.ToUnixTimeMilliseconds()), cancellationToken);
    }

    /// <summary>Content that the backup does not have is known to be damaged, so that it is looked for elsewhere and not served.</summary>
    public static async Task MarkDamagedAsync(string file, IEnumerable<string> digests, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var database = SqliteDatabase.Open(file, SqliteUse.Serving);
        await database.WriteAsync(
            session => digests.Sum(digest => session.Execute(
                "UPDATE blob SET damaged = ?2, verified = NULL WHERE digest = ?1", digest, now.ToUnixTimeMilliseconds())),
            cancellationToken);
    }

    private static int Forget(SqliteSession session, long now)
    {
        session.Execute("UPDATE upkeep SET finished = beat WHERE kind = 'backup' AND finished IS NULL");
        session.Execute(
            """
            UPDATE removal SET purged = ?1
            WHERE kind = 'blob' AND restored IS NULL AND purged IS NULL AND digest IN (SELECT digest FROM blob WHERE trashed IS NOT NULL)
            """,
            now);
        return session.Execute(
            "DELETE FROM blob WHERE trashed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM repository_blob WHERE repository_blob.blob_id = blob.id)");
    }
}
