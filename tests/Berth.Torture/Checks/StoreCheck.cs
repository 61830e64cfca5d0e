using Berth.Oci;
using Microsoft.Data.Sqlite;

namespace Berth.Torture.Checks;

/// <summary>Looks into a store that no server runs on: every row has its file.</summary>
internal sealed class StoreCheck(string dataDirectory)
{
    static StoreCheck() => SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());

    /// <param name="thorough">Whether every file is hashed and every page of the database looked at.</param>
    public void Run(bool thorough)
    {
        if (!File.Exists(DatabaseFile))
            return;
        using var database = Open();
        if (!HasSchema(database))
            return;
        CheckFiles(database, thorough);
        RequireNone(database, "PRAGMA foreign_key_check");
        if (!thorough)
            return;
        if (List(database, "PRAGMA integrity_check").Single()[0] is not "ok")
            throw new Violation("the database is damaged");
        CheckNames();
    }

    /// <summary>How many blobs went into the trash so far, their bytes, and when the last collection began; also while a server runs.</summary>
    public (long Blobs, long Bytes, long LastCollection) ReadCollected()
    {
        using var database = Open();
        var row = List(
            database,
            """
            SELECT count(*), coalesce(sum(size), 0), coalesce((SELECT max(started) FROM upkeep WHERE kind = 'collection' AND finished IS NOT NULL), 0)
            FROM removal WHERE kind = 'blob'
            """).Single();
        return ((long)row[0], (long)row[1], (long)row[2]);
    }

    private string DatabaseFile => Path.Combine(dataDirectory, "berth.db");

    /// <summary>Without write access nothing is moved from the log into the database: that is left to the server.</summary>
    private SqliteConnection Open()
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        database.Open();
        return database;
    }

    private static bool HasSchema(SqliteConnection database) =>
        List(database, "SELECT name FROM sqlite_schema WHERE name = 'repository_blob'").Count > 0;

    private void CheckFiles(SqliteConnection database, bool thorough)
    {
        RequireNone(database, "SELECT digest FROM blob WHERE trashed IS NOT NULL AND id IN (SELECT blob_id FROM repository_blob)");
        foreach (var row in List(database, "SELECT digest, size FROM blob WHERE id IN (SELECT blob_id FROM repository_blob)"))
        {
            var digest = Digest.Parse((string)row[0]);
            var file = new FileInfo(PathOf(digest));
            if (!file.Exists)
                throw new Violation($"a row says that {digest} is here, and there is no file");
            if (file.Length != (long)row[1])
                throw new Violation($"a row says that {digest} has {row[1]} bytes, and the file has {file.Length}");
            if (thorough && Digest.Of(File.ReadAllBytes(file.FullName), digest.Algorithm) != digest)
                throw new Violation($"the file of {digest} has other content");
        }
    }

    /// <summary>Also of content that no row names: what has a final name is complete.</summary>
    private void CheckNames()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(dataDirectory, "blobs", "sha256"), "*", SearchOption.AllDirectories))
        {
            if (Digest.Of(File.ReadAllBytes(file)).Hex.SequenceEqual(Path.GetFileName(file)))
                continue;
            throw new Violation($"{file} has not the content that its name promises");
        }
    }

    private string PathOf(Digest digest) =>
        Path.Combine(dataDirectory, "blobs", digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());

    private static void RequireNone(SqliteConnection database, string query)
    {
        var rows = List(database, query);
        if (rows.Count > 0)
            throw new Violation($"{query} finds {string.Join(", ", rows[0])} and {rows.Count - 1} more");
    }

    private static List<object[]> List(SqliteConnection database, string query)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // every query is a literal of this class
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
