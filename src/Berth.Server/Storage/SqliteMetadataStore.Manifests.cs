using Berth.Oci;
using Berth.Registry.Storage;
using Microsoft.Data.Sqlite;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public ValueTask<IReadOnlyList<Digest>> PutManifestAsync(ManifestToStore manifest, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Digest>>(
            session =>
            {
                Require(session, manifest);
                var needs = ManifestNeeds.Resolve(session, manifest);
                if (!manifest.MayLack(needs.Missing))
                    return needs.Missing;
                var repository = GetOrAddRepository(session, manifest.Repository, manifest.Now);
                var id = FindManifest(session, repository, manifest.Digest) ?? AddManifest(session, repository, manifest, needs);
                foreach (var tag in manifest.Tags)
                    SetTag(session, repository, tag, id, manifest.Now);
                return needs.Missing;
            },
            cancellationToken);

    public ValueTask<StoredManifest?> FindManifestAsync(
        RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_manifests.Find((repository, reference), session => reference.Tag is not null
            ? session.FirstOrDefault(
                """
                SELECT manifest.digest, manifest.media_type, manifest.bytes FROM repository
                JOIN tag ON tag.repository_id = repository.id
                JOIN manifest ON manifest.id = tag.manifest_id
                WHERE repository.name = ?1 AND tag.name = ?2
                """,
                ReadManifest,
                repository.ToString(),
                reference.ToString())
            : session.FirstOrDefault(
                """
                SELECT manifest.digest, manifest.media_type, manifest.bytes FROM repository
                JOIN manifest ON manifest.repository_id = repository.id
                WHERE repository.name = ?1 AND manifest.digest = ?2
                """,
                ReadManifest,
                repository.ToString(),
                reference.ToString())));

    public ValueTask<RemoveResult> RemoveManifestAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (FindRepository(session, repository) is not { } repositoryId
                    || FindManifest(session, repositoryId, digest) is not { } id)
                    return RemoveResult.NotFound;
                if (session.Exists("SELECT 1 FROM manifest_child WHERE child_id = ?1 LIMIT 1", id))
                    return RemoveResult.Referenced;
                if (IsPinned(session, repositoryId, digest))
                    return RemoveResult.Pinned;
                session.Execute("DELETE FROM manifest WHERE id = ?1", id); // tags and edges go with it
                return RemoveResult.Removed;
            },
            cancellationToken);

    public ValueTask<bool> RemoveTagAsync(RepositoryName repository, Tag tag, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                "DELETE FROM tag WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND name = ?2",
                repository.ToString(),
                tag.ToString()) > 0,
            cancellationToken);

    private static bool IsPinned(SqliteSession session, long repository, Digest digest) => session.Exists(
        "SELECT 1 FROM manifest WHERE repository_id = ?1 AND subject = ?2 AND artifact_type = ?3 LIMIT 1",
        repository,
        digest.ToString(),
        MediaTypes.ManagementPack);

    private static long AddManifest(SqliteSession session, long repository, ManifestToStore manifest, ManifestNeeds needs)
    {
        var id = session.FindNumber(
            """
            INSERT INTO manifest (repository_id, digest, media_type, artifact_type, subject, created, bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id
            """,
            repository,
            manifest.Digest.ToString(),
            manifest.Manifest.MediaType,
            manifest.Manifest.ReferrerType,
            manifest.Manifest.Subject?.Digest.ToString(),
            manifest.Now.ToUnixTimeMilliseconds(),
            manifest.Bytes.ToArray())!.Value;
        foreach (var blob in needs.Blobs)
            session.Execute("INSERT INTO manifest_blob (manifest_id, blob_id, repository_id) VALUES (?1, ?2, ?3)", id, blob, repository);
        foreach (var child in needs.Children)
            session.Execute("INSERT INTO manifest_child (parent_id, child_id) VALUES (?1, ?2)", id, child);
        AddAbsent(session, repository, id, needs);
        ManifestArrived(session, repository, id, manifest.Digest);
        return id;
    }

    private static void SetTag(SqliteSession session, long repository, Tag tag, long manifest, DateTimeOffset now) => session.Execute(
        """
        INSERT INTO tag (repository_id, name, manifest_id, updated) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET manifest_id = excluded.manifest_id, updated = excluded.updated
        """,
        repository,
        tag.ToString(),
        manifest,
        now.ToUnixTimeMilliseconds());

    private static StoredManifest ReadManifest(SqliteDataReader row) =>
        new(Digest.Parse(row.GetString(0)), row.GetString(1), row.GetFieldValue<byte[]>(2));
}
