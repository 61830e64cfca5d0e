using System.Globalization;
using Berth.Oci;
using Berth.Registry.Access;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

internal sealed partial class SqliteRetentionStore
{
    private const string Tags =
        """
        SELECT tag.repository_id, repository.name, tag.name, manifest.digest, tag.updated, used.pulled
        FROM tag CROSS JOIN repository ON repository.id = tag.repository_id
        CROSS JOIN manifest ON manifest.id = tag.manifest_id
        LEFT JOIN manifest_use AS used ON used.manifest_id = tag.manifest_id
        """;

    public ValueTask<CollectionPage> FindRetiredTagsAsync(
        RepositoryPrefix? preview, string? after, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session =>
        {
            var judge = new Judgement(session, preview, now);
            if (!judge.MayRemove)
                return CollectionPage.Empty;
            var (repository, tag) = Position(after);
            var rows = session.List(
                Tags + " WHERE (tag.repository_id, tag.name) > (?1, ?2) ORDER BY tag.repository_id, tag.name LIMIT ?3", ReadTag, repository, tag, (long)Window);
            return new CollectionPage(
                [.. rows.Select(judge.Of).OfType<Removal>()],
                rows.Count < Window ? null : string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Repository}/{rows[^1].Tag}"));
        }));

    public ValueTask<IReadOnlyList<Removal>> TrashTagsAsync(
        IReadOnlyList<Removal> found, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Removal>>(
            session =>
            {
                var judge = new Judgement(session, null, now);
                return [.. found.Where(removal => TrashTag(session, judge, removal, now))];
            },
            cancellationToken);

    private static bool TrashTag(SqliteSession session, Judgement judge, Removal removal, DateTimeOffset now)
    {
        var row = session.FirstOrDefault(
            Tags + " WHERE tag.repository_id = (SELECT id FROM repository WHERE name = ?1) AND tag.name = ?2",
            ReadTag,
            removal.Repository.ToString(), removal.Tag.ToString());
        return row is not null
            && row.Digest == removal.Digest
            && judge.Of(row) is not null
            && SqliteMetadataStore.TrashTag(session, row.Repository, row.Name, row.Tag, new Deletion(Actor, removal.Reason, now));
    }

    private static (long Repository, string Tag) Position(string? after)
    {
        if (after is null)
            return (0, "");
        var slash = after.IndexOf('/', StringComparison.Ordinal);
        return (long.Parse(after.AsSpan(0, slash), CultureInfo.InvariantCulture), after[(slash + 1)..]);
    }

    private static HeldTag ReadTag(SqliteDataReader row) => new(
        row.GetInt64(0),
        RepositoryName.Parse(row.GetString(1)),
        Tag.Parse(row.GetString(2)),
        Digest.Parse(row.GetString(3)),
        row.GetInt64(4),
        row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));

    /// <param name="Updated">In milliseconds, as the order of tags is by them.</param>
    private sealed record HeldTag(long Repository, RepositoryName Name, Tag Tag, Digest Digest, long Updated, DateTimeOffset? Pulled);

    /// <summary>Which tags go, on one state of the database. Removing what goes does not change which are the last.</summary>
    private sealed class Judgement(SqliteSession session, RepositoryPrefix? preview, DateTimeOffset now)
    {
        private readonly RetentionPolicies _policies = SqlitePolicyStore.Read(session);
        private readonly Dictionary<long, (long Updated, string Tag)?> _oldestOfLast = [];

        public bool MayRemove => _policies.AnyActive(preview, policy => policy.RemovesTags);

        public Removal? Of(HeldTag held)
        {
            if (_policies.FindActive(held.Name, preview) is not { } policy)
                return null;
            var updated = DateTimeOffset.FromUnixTimeMilliseconds(held.Updated);
            var reason = policy.ReasonToRemove(held.Tag, updated, held.Pulled, IsAmongLast(held, policy.KeepLast), now);
            return reason is null || SqliteMetadataStore.IsPinned(session, held.Repository, held.Digest, now)
                ? null
                : new Removal(RemovalKind.Tag, held.Name, held.Digest, held.Tag, 0, reason);
        }

        private bool IsAmongLast(HeldTag held, int? keep)
        {
            if (keep is not { } count)
                return false;
            if (!_oldestOfLast.TryGetValue(held.Repository, out var oldest))
                _oldestOfLast.Add(held.Repository, oldest = OldestOfLast(held.Repository, count));
            return oldest is not { } limit
                || held.Updated > limit.Updated
                || (held.Updated == limit.Updated && string.CompareOrdinal(held.Tag.ToString(), limit.Tag) >= 0);
        }

        /// <summary>Null when there are not more than so many.</summary>
        private (long Updated, string Tag)? OldestOfLast(long repository, int count) => session.FirstOrDefault<(long, string)?>(
            "SELECT updated, name FROM tag WHERE repository_id = ?1 ORDER BY updated DESC, name DESC LIMIT 1 OFFSET ?2",
            row => (row.GetInt64(0), row.GetString(1)),
            repository, count - 1L);
    }
}
