using System.Globalization;
using Berth.Oci;
using Berth.Registry.Access;
using Berth.Registry.Collection;
using Berth.Registry.Retention;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

/// <summary>What policies let go. A page is read in one go and judged row by row, so that a large repository is never read as a whole.</summary>
internal sealed partial class SqliteRetentionStore(SqliteDatabase database) : IRetentionStore
{
    /// <summary>How many rows are looked at in one read: a few milliseconds.</summary>
    private const int Window = 1000;

    private const string Actor = SqliteMetadataStore.Collection;

    /// <summary>Only those that nothing holds. ?3: what was pulled after this is held.</summary>
    private const string Untagged =
        """
        SELECT manifest.id, manifest.repository_id, repository.name, manifest.digest, length(manifest.bytes), coalesce(used.untagged, manifest.created)
        FROM manifest CROSS JOIN repository ON repository.id = manifest.repository_id
        LEFT JOIN manifest_use AS used ON used.manifest_id = manifest.id
        WHERE NOT EXISTS (SELECT 1 FROM tag WHERE tag.manifest_id = manifest.id)
          AND NOT EXISTS (SELECT 1 FROM manifest_child WHERE child_id = manifest.id)
          AND NOT EXISTS (
            SELECT 1 FROM manifest AS subject WHERE subject.repository_id = manifest.repository_id AND subject.digest = manifest.subject)
          AND coalesce(used.pulled, 0) <= ?3
        """;

    public ValueTask<CollectionPage> FindRetiredManifestsAsync(
        RepositoryPrefix? preview, string? after, DateTimeOffset pulledSince, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session =>
        {
            var policies = SqlitePolicyStore.Read(session);
            var first = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
            if (!policies.AnyActive(preview, policy => policy.UntaggedAfter is not null)
                || session.FindNumber("SELECT max(id) FROM (SELECT id FROM manifest WHERE id > ?1 ORDER BY id LIMIT ?2)", first, (long)Window) is not { } last)
                return CollectionPage.Empty;
            var rows = session.List(
                Untagged + " AND manifest.id > ?1 AND manifest.id <= ?2 ORDER BY manifest.id", ReadManifest, first, last, pulledSince.ToUnixTimeMilliseconds());
            return new CollectionPage(
                [.. rows.Select(row => Judge(session, policies, preview, row, now)).OfType<Removal>()], last.ToString(CultureInfo.InvariantCulture));
        }));

    public ValueTask<IReadOnlyList<Removal>> TrashManifestsAsync(
        IReadOnlyList<Removal> found, DateTimeOffset pulledSince, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Removal>>(
            session =>
            {
                var policies = SqlitePolicyStore.Read(session);
                return [.. found.Where(removal => TrashManifest(session, policies, removal, pulledSince, now))];
            },
            cancellationToken);

    private static bool TrashManifest(
        SqliteSession session, RetentionPolicies policies, Removal removal, DateTimeOffset pulledSince, DateTimeOffset now)
    {
        var row = session.FirstOrDefault(
            Untagged + " AND manifest.id = (SELECT id FROM manifest WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND digest = ?2)",
            ReadManifest,
            removal.Repository.ToString(), removal.Digest.ToString(), pulledSince.ToUnixTimeMilliseconds());
        if (row is null || Judge(session, policies, null, row, now) is null)
            return false;
        SqliteMetadataStore.TrashManifest(session, row.Name, row.Id, new Deletion(Actor, removal.Reason, now), partOf: null);
        return true;
    }

    private static Removal? Judge(
        SqliteSession session, RetentionPolicies policies, RepositoryPrefix? preview, UntaggedManifest manifest, DateTimeOffset now)
    {
        var reason = policies.FindActive(manifest.Name, preview)?.ReasonToRemoveUntagged(manifest.Since, now);
        return reason is null || SqliteMetadataStore.IsPinned(session, manifest.Repository, manifest.Digest, now)
            ? null
            : new Removal(RemovalKind.Manifest, manifest.Name, manifest.Digest, null, manifest.Size, reason);
    }

    private static UntaggedManifest ReadManifest(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        RepositoryName.Parse(row.GetString(2)),
        Digest.Parse(row.GetString(3)),
        row.GetInt64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));

    /// <param name="Size">In bytes.</param>
    /// <param name="Since">Since when nothing names it.</param>
    private sealed record UntaggedManifest(long Id, long Repository, RepositoryName Name, Digest Digest, long Size, DateTimeOffset Since);
}
