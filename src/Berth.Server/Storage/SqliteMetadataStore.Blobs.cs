using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public async ValueTask LinkBlobAsync(
        RepositoryName repository,
        Digest digest,
        long size,
        UploadId? upload,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                var repositoryId = GetOrAddRepository(session, repository, now);
                Link(session, repositoryId, GetOrAddBlob(session, digest, size, now), leaseUntil);
                return upload is { } id && RemoveUpload(session, repositoryId, id);
            },
            cancellationToken);

    public ValueTask<long?> FindBlobAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_blobs.Find((repository, digest), session => session.FirstOrDefault(
            """
            SELECT blob.size FROM blob
            JOIN repository_blob ON repository_blob.blob_id = blob.id
            JOIN repository ON repository.id = repository_blob.repository_id
            WHERE blob.digest = ?1 AND repository.name = ?2
            """,
            row => new VisibleBlob(row.GetInt64(0)),
            digest.ToString(),
            repository.ToString()))?.Size);

    public ValueTask<bool> MountBlobAsync(
        RepositoryName from,
        RepositoryName into,
        Digest digest,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (FindRepository(session, from) is not { } source || FindBlob(session, source, digest) is not { } blob)
                    return false;
                Link(session, GetOrAddRepository(session, into, now), blob, leaseUntil);
                return true;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesWithBlobAsync(Digest digest, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<RepositoryName>>(database.Read(session => session.List(
            """
            SELECT repository.name FROM blob
            JOIN repository_blob ON repository_blob.blob_id = blob.id
            JOIN repository ON repository.id = repository_blob.repository_id
            WHERE blob.digest = ?1 ORDER BY repository.name LIMIT ?2
            """,
            row => RepositoryName.Parse(row.GetString(0)),
            digest.ToString(),
            limit)));

    public async ValueTask LeaseBlobAsync(
        RepositoryName repository, Digest digest, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        // Asked first without the turn to write, which a pusher that finds everything here would take for every blob.
        if (database.Read(session => LeaseOf(session, repository, digest)) is not { } current || current >= leaseUntil - LeaseGrain)
            return;
        await database.WriteAsync(
            session => session.Execute(
                """
                UPDATE repository_blob SET lease_until = max(lease_until, ?3)
                WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND blob_id = (SELECT id FROM blob WHERE digest = ?2)
                """,
                repository.ToString(),
                digest.ToString(),
                leaseUntil.ToUnixTimeMilliseconds()),
            cancellationToken);
    }

    public ValueTask<RemoveResult> RemoveBlobAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (FindRepository(session, repository) is not { } repositoryId || FindBlob(session, repositoryId, digest) is not { } blob)
                    return RemoveResult.NotFound;
                if (session.Exists("SELECT 1 FROM manifest_blob WHERE repository_id = ?1 AND blob_id = ?2 LIMIT 1", repositoryId, blob))
                    return RemoveResult.Referenced;
                session.Execute("DELETE FROM repository_blob WHERE repository_id = ?1 AND blob_id = ?2", repositoryId, blob);
                return RemoveResult.Removed;
            },
            cancellationToken);

    private static DateTimeOffset? LeaseOf(SqliteSession session, RepositoryName repository, Digest digest) => session.FindNumber(
        """
        SELECT lease_until FROM repository_blob
        WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND blob_id = (SELECT id FROM blob WHERE digest = ?2)
        """,
        repository.ToString(),
        digest.ToString()) is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static long GetOrAddBlob(SqliteSession session, Digest digest, long size, DateTimeOffset now) =>
        session.FindNumber("SELECT id FROM blob WHERE digest = ?1", digest.ToString())
        ?? session.FindNumber(
            "INSERT INTO blob (digest, size, created) VALUES (?1, ?2, ?3) RETURNING id",
            digest.ToString(),
            size,
            now.ToUnixTimeMilliseconds())!.Value;

    private static void Link(SqliteSession session, long repository, long blob, DateTimeOffset leaseUntil)
    {
        session.Execute(
            """
            INSERT INTO repository_blob (repository_id, blob_id, lease_until) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET lease_until = max(lease_until, excluded.lease_until)
            """,
            repository,
            blob,
            leaseUntil.ToUnixTimeMilliseconds());
        BlobArrived(session, repository, blob);
    }

    /// <param name="Size">In bytes.</param>
    private sealed record VisibleBlob(long Size)
    {
        /// <summary>About what an entry takes, its names included, in bytes.</summary>
        public const long Weight = 512;
    }
}
