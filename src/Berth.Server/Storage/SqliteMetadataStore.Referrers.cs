using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public ValueTask<StoredReferrers> ListReferrersAsync(
        RepositoryName repository, Digest subject, string? artifactType, Digest? after, int maxBytes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session =>
        {
            // The sum runs over lengths, which SQLite knows without reading the bytes; only what fits is read.
            var rows = session.List(
                """
                SELECT manifest.digest, manifest.media_type, manifest.bytes, listed.remaining > 1 FROM (
                    SELECT manifest.id AS id,
                           SUM(LENGTH(manifest.bytes)) OVER (ORDER BY manifest.digest) AS bytes_so_far,
                           ROW_NUMBER() OVER (ORDER BY manifest.digest) AS position,
                           COUNT(*) OVER (ORDER BY manifest.digest DESC) AS remaining
                    FROM repository JOIN manifest ON manifest.repository_id = repository.id
                    WHERE repository.name = ?1 AND manifest.subject = ?2 AND manifest.digest > ?3
                      AND (?4 IS NULL OR manifest.artifact_type = ?4)
                ) AS listed JOIN manifest ON manifest.id = listed.id
                WHERE listed.bytes_so_far <= ?5 OR listed.position = 1
                ORDER BY manifest.digest
                """,
                row => (Manifest: ReadManifest(row), HasMore: row.GetBoolean(3)),
                repository.ToString(),
                subject.ToString(),
                after?.ToString() ?? "",
                artifactType,
                maxBytes);
            return new StoredReferrers([.. rows.Select(row => row.Manifest)], rows is [.., { HasMore: true }]);
        }));
}
