using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>The truth of a single-node registry, in SQLite. The tables are drawn in docs/storage-layout.md.</summary>
internal sealed partial class SqliteMetadataStore(SqliteDatabase database) : IMetadataStore
{
    /// <summary>A manifest of an image has a few thousand bytes.</summary>
    private readonly ReadCache<(RepositoryName, ManifestReference), StoredManifest> _manifests =
        new(database, 16 * 1024 * 1024, manifest => manifest.Bytes.Length);

    private readonly ReadCache<(RepositoryName, Digest), VisibleBlob> _blobs = new(database, 4 * 1024 * 1024, _ => VisibleBlob.Weight);

    internal static long? FindRepository(SqliteSession session, RepositoryName repository) =>
        session.FindNumber("SELECT id FROM repository WHERE name = ?1", repository.ToString());

    internal static long GetOrAddRepository(SqliteSession session, RepositoryName repository, DateTimeOffset now) =>
        FindRepository(session, repository)
        ?? session.FindNumber(
            "INSERT INTO repository (name, created) VALUES (?1, ?2) RETURNING id",
            repository.ToString(),
            now.ToUnixTimeMilliseconds())!.Value;

    internal static long? FindBlob(SqliteSession session, long repository, Digest digest) => session.FindNumber(
        """
        SELECT blob.id FROM blob JOIN repository_blob ON repository_blob.blob_id = blob.id
        WHERE blob.digest = ?1 AND repository_blob.repository_id = ?2
        """,
        digest.ToString(),
        repository);

    internal static long? FindManifest(SqliteSession session, long repository, Digest digest) =>
        session.FindNumber("SELECT id FROM manifest WHERE repository_id = ?1 AND digest = ?2", repository, digest.ToString());
}
