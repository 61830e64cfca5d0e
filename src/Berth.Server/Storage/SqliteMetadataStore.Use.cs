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
    private static void NoteUntagged(SqliteSession session, long manifest, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO manifest_use (manifest_id, untagged)
        SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM tag WHERE manifest_id = ?1)
        ON CONFLICT DO UPDATE SET untagged = excluded.untagged
        """,
        manifest,
        now.ToUnixTimeMilliseconds());
}
