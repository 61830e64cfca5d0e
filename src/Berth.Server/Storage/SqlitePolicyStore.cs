using Berth.Registry.Access;
using Berth.Registry.Retention;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>Retention policies, one row for each prefix.</summary>
internal sealed class SqlitePolicyStore(SqliteDatabase database)
{
    public IReadOnlyList<RetentionPolicy> List() => database.Read(ReadAll);

    public RetentionPolicy? Find(RepositoryPrefix prefix) => database.Read(session => Find(session, prefix));

    /// <summary>What it was before is replaced, and it is disabled until somebody looked at what it removes now.</summary>
    public async ValueTask SetAsync(RetentionPolicy policy, CancellationToken cancellationToken) => await database.WriteAsync(
        session => session.Execute(
            """
            INSERT INTO policy (prefix, keep_last, keep_matching, keep_newer, keep_pulled, untagged_after, immutable_tags)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT DO UPDATE SET keep_last = excluded.keep_last, keep_matching = excluded.keep_matching, keep_newer = excluded.keep_newer,
                keep_pulled = excluded.keep_pulled, untagged_after = excluded.untagged_after, immutable_tags = excluded.immutable_tags,
                previewed = NULL, enabled = NULL
            """,
            policy.Prefix.ToString(),
            policy.KeepLast,
            Lines(policy.KeepMatching),
            (long?)policy.KeepNewer?.TotalMilliseconds,
            (long?)policy.KeepPulled?.TotalMilliseconds,
            (long?)policy.UntaggedAfter?.TotalMilliseconds,
            Lines(policy.ImmutableTags)),
        cancellationToken);

    /// <summary>Somebody saw what the policy would remove; nothing is noted when it was changed since they asked.</summary>
    public ValueTask<bool> NotePreviewAsync(RetentionPolicy seen, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        session => Find(session, seen.Prefix) is { } current
            && Rules(current) == Rules(seen)
            && session.Execute("UPDATE policy SET previewed = ?2 WHERE prefix = ?1", seen.Prefix.ToString(), now.ToUnixTimeMilliseconds()) > 0,
        cancellationToken);

    /// <returns>False when nobody looked at what it removes, as it is now.</returns>
    public ValueTask<bool> EnableAsync(RepositoryPrefix prefix, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute(
            "UPDATE policy SET enabled = coalesce(enabled, ?2) WHERE prefix = ?1 AND previewed IS NOT NULL",
            prefix.ToString(), now.ToUnixTimeMilliseconds()) > 0,
        cancellationToken);

    public ValueTask<bool> DisableAsync(RepositoryPrefix prefix, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute("UPDATE policy SET enabled = NULL WHERE prefix = ?1", prefix.ToString()) > 0, cancellationToken);

    public ValueTask<bool> RemoveAsync(RepositoryPrefix prefix, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute("DELETE FROM policy WHERE prefix = ?1", prefix.ToString()) > 0, cancellationToken);

    internal static RetentionPolicies Read(SqliteSession session) => new(ReadAll(session));

    private static RetentionPolicy? Find(SqliteSession session, RepositoryPrefix prefix) =>
        ReadAll(session).Find(policy => policy.Prefix == prefix);

    private static List<RetentionPolicy> ReadAll(SqliteSession session) => session.List(
        """
        SELECT prefix, keep_last, keep_matching, keep_newer, keep_pulled, untagged_after, immutable_tags, previewed, enabled
        FROM policy ORDER BY prefix
        """,
        ReadPolicy);

    private static RetentionPolicy ReadPolicy(SqliteDataReader row)
    {
        if (!RepositoryPrefix.TryParse(row.GetString(0), out var prefix))
            throw new InvalidDataException($"'{row.GetString(0)}' is no prefix of repositories.");
        return new RetentionPolicy(prefix)
        {
            KeepLast = row.IsDBNull(1) ? null : row.GetInt32(1),
            KeepMatching = Patterns(row, 2),
            KeepNewer = Duration(row, 3),
            KeepPulled = Duration(row, 4),
            UntaggedAfter = Duration(row, 5),
            ImmutableTags = Patterns(row, 6),
            Previewed = Time(row, 7),
            Enabled = Time(row, 8),
        };
    }

    private static string? Lines(IReadOnlyList<TagPattern> patterns) => patterns.Count == 0 ? null : string.Join('\n', patterns);

    private static List<TagPattern> Patterns(SqliteDataReader row, int column)
    {
        var patterns = new List<TagPattern>();
        foreach (var line in row.IsDBNull(column) ? [] : row.GetString(column).Split('\n'))
        {
            if (TagPattern.TryParse(line, out var pattern))
                patterns.Add(pattern);
        }

        return patterns;
    }

    private static (int?, string?, TimeSpan?, TimeSpan?, TimeSpan?, string?) Rules(RetentionPolicy policy) => (
        policy.KeepLast, Lines(policy.KeepMatching), policy.KeepNewer, policy.KeepPulled, policy.UntaggedAfter, Lines(policy.ImmutableTags));

    private static TimeSpan? Duration(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : TimeSpan.FromMilliseconds(row.GetInt64(column));

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
