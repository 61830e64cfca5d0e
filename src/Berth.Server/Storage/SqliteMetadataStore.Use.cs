using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Since when a manifest has no tag, and when it was last pulled.</summary>
internal sealed partial class SqliteMetadataStore
{
    public async ValueTask NotePullsAsync(IReadOnlyCollection<ManifestPull> pulls, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                foreach (var (repository, digest, at) in pulls)
                {
                    session.Execute(
                        """
                        INSERT INTO manifest_use (manifest_id, pulled)
                        SELECT manifest.id, ?3 FROM manifest JOIN repository ON repository.id = manifest.repository_id
                        WHERE repository.name = ?1 AND manifest.digest = ?2
                        ON CONFLICT DO UPDATE SET pulled = max(coalesce(pulled, 0), excluded.pulled)
                        """,
                        repository.ToString(),
                        digest.ToString(),
                        at.ToUnixTimeMilliseconds());
                }

                return true;
            },
            cancellationToken);

    /// <summary>To be told whenever a manifest may have lost its last tag, or was pushed again without one.</summary>
    internal static void NoteUntagged(SqliteSession session, long manifest, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO manifest_use (manifest_id, untagged)
        SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM tag WHERE manifest_id = ?1)
        ON CONFLICT DO UPDATE SET untagged = excluded.untagged
        """,
        manifest,
        now.ToUnixTimeMilliseconds());

    /// <summary>What an index or a subject held until now has been untagged from now on: it does not go at once for the years that it was held.</summary>
    private static void NoteFreed(SqliteSession session, long manifest, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO manifest_use (manifest_id, untagged)
        SELECT id, ?2 FROM (
            SELECT child_id AS id FROM manifest_child WHERE parent_id = ?1
            UNION
            SELECT referrer.id FROM manifest AS subject
            JOIN manifest AS referrer ON referrer.repository_id = subject.repository_id AND referrer.subject = subject.digest
            WHERE subject.id = ?1)
        WHERE TRUE ON CONFLICT DO UPDATE SET untagged = excluded.untagged
        """,
        manifest,
        now.ToUnixTimeMilliseconds());
}
