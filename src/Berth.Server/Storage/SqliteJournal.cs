using Berth.Oci;
using Berth.Server.Explaining;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>Reads the journal of what went.</summary>
/// <param name="age">How long a removal lies in the trash.</param>
internal sealed class SqliteJournal(SqliteDatabase database, TimeSpan age)
{
    private const int Window = 1000;

    private const string Columns =
        "SELECT id, at, kind, repository, tag, digest, size, actor, reason, forced, part_of, restored, purged FROM removal ";

    /// <summary>What lies in the trash, oldest first.</summary>
    /// <param name="repository">Null for all, content that no repository shows included.</param>
    public IEnumerable<JournalFacts> InTrash(RepositoryName? repository)
    {
        for (long after = 0; ;)
        {
            var page = database.Read(session => session.List(
                Columns + "WHERE id > ?1 AND restored IS NULL AND purged IS NULL AND (?2 IS NULL OR repository = ?2) ORDER BY id LIMIT ?3",
                Read,
                after, repository?.ToString(), (long)Window));
            foreach (var entry in page)
                yield return entry;
            if (page.Count < Window)
                yield break;
            after = page[^1].Id;
        }
    }

    /// <summary>The last removals of a digest, oldest first.</summary>
    public JournalFacts[] Of(SqliteSession session, Digest digest)
    {
        var last = session.List(Columns + "WHERE digest = ?1 ORDER BY id DESC LIMIT ?2", Read, digest.ToString(), (long)DigestFacts.Most);
        last.Reverse();
        return [.. last];
    }

    public JournalFacts? Find(SqliteSession session, long id) => session.FirstOrDefault(Columns + "WHERE id = ?1", Read, id);

    private JournalFacts Read(SqliteDataReader row)
    {
        var at = Time(row, 1)!.Value;
        var (restored, purged) = (Time(row, 11), Time(row, 12));
        return new JournalFacts(
            row.GetInt64(0), at, row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5), row.GetInt64(6), row.GetString(7), row.GetString(8),
            row.GetInt64(9) != 0, row.IsDBNull(10) ? null : row.GetInt64(10), (restored ?? purged) is null ? at + age : null, restored, purged);
    }

    internal static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    internal static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
