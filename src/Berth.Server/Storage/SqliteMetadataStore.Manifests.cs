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
                    SetTag(session, repository, manifest.Repository, tag, id, manifest.Now);
                if (manifest.Tags.Count == 0)
                    NoteUntagged(session, id, manifest.Now);
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

    internal static long AddManifest(SqliteSession session, long repository, ManifestToStore manifest, ManifestNeeds needs)
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

    internal static void SetTag(
        SqliteSession session, long repository, RepositoryName name, Tag tag, long manifest, DateTimeOffset now)
    {
        var before = session.FindNumber("SELECT manifest_id FROM tag WHERE repository_id = ?1 AND name = ?2", repository, tag.ToString());
        if (before is { } held && held != manifest)
            RequireMutable(session, name, tag);
        session.Execute(
            """
            INSERT INTO tag (repository_id, name, manifest_id, updated) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET manifest_id = excluded.manifest_id, updated = excluded.updated
            """,
            repository,
            tag.ToString(),
            manifest,
            now.ToUnixTimeMilliseconds());
        if (before is { } other && other != manifest)
            NoteUntagged(session, other, now);
    }

    private static StoredManifest ReadManifest(SqliteDataReader row) =>
        new(Digest.Parse(row.GetString(0)), row.GetString(1), row.GetFieldValue<byte[]>(2));
}
