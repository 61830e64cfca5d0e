using System.Security.Cryptography;
using Berth.Oci;
using Berth.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Backup;

/// <summary>A copy of a registry's database that nobody writes to.</summary>
internal static class CopiedDatabase
{
    private const int FirstSchemaWithTrash = 3;

    /// <summary>
    /// Copies one state of the database with SQLite's own means, in one step: it reads as any other reader does, and in WAL mode no reader
    /// keeps the server from writing. Only the log cannot be emptied meanwhile, and grows.
    /// </summary>
    /// <exception cref="BackupFailedException">The database is damaged.</exception>
    public static void Make(string from, string to)
    {
        using (new FileStream(to, PrivateFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
        {
        }

        using (var source = Open(from, "PRAGMA query_only = ON; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536"))
        using (var target = Open(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"))
            source.BackupDatabase(target);

        // The copy says of itself that it has a log; whoever opened it would make one beside it.
        using (var copy = Open(to, "PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE"))
            RequireSound(copy, from);
        using var file = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite);
        DurableFiles.Sync(file, to);
    }

    public static long SchemaOf(string file)
    {
        using var session = Connect(file);
        return session.FindNumber("PRAGMA user_version") ?? 0;
    }

    /// <summary>Content that clients can see, or that a push has just brought; what is in the trash is left out.</summary>
    public static List<Content> ReadContents(string file)
    {
        using var session = Connect(file);
        var live = session.FindNumber("PRAGMA user_version") >= FirstSchemaWithTrash ? "WHERE trashed IS NULL" : "";
        return session.List($"SELECT digest, size FROM blob {live}", row => new Content(Digest.Parse(row.GetString(0)), row.GetInt64(1)));
    }

    public static string[] RepositoriesOf(string file, Digest digest, int limit)
    {
        using var session = Connect(file);
        return
        [
            .. session.List(
                """
                SELECT repository.name FROM blob
                JOIN repository_blob ON repository_blob.blob_id = blob.id
                JOIN repository ON repository.id = repository_blob.repository_id
                WHERE blob.digest = ?1 ORDER BY repository.name LIMIT ?2
                """,
                row => row.GetString(0),
                digest.ToString(),
                limit),
        ];
    }

    public static Digest DigestOf(string file)
    {
        using var stream = new FileStream(file, PrivateFile.Options(FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return Digest.FromHash(DigestAlgorithm.Sha256, SHA256.HashData(stream));
    }

    private static void RequireSound(SqliteConnection copy, string from)
    {
        using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is not "ok" and var problem)
            throw new BackupFailedException($"the database '{from}' is damaged ({problem}): restore an earlier backup");
    }

    /// <summary>Unlike a database that is in use: it must not change, not even its journal mode.</summary>
    private static SqliteSession Connect(string file) => SqliteSession.Connect(file, "PRAGMA query_only = ON");

    private static SqliteConnection Open(string file, string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
