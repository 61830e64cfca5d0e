using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

internal sealed partial class SqliteMetadataStore
{
    public ValueTask<bool> LinkBlobAsync(BlobLink link, Func<ValueTask<bool>> isThere, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (!Complete(isThere()))
                    return false;
                var repositoryId = GetOrAddRepository(session, link.Repository, link.Now);
                Link(session, repositoryId, GetOrAddBlob(session, link.Digest, link.Size, link.Now), link.LeaseUntil);
                if (link.Upload is { } id)
                    RemoveUpload(session, repositoryId, id);
                return true;
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

    public async ValueTask<bool> LeaseBlobAsync(
        RepositoryName repository, Digest digest, DateTimeOffset leastUntil, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        // Asked first without the turn to write, which a pusher that finds everything here would take for every blob.
        if (database.Read(session => LeaseOf(session, repository, digest)) is { } current && current >= leastUntil)
            return true;
        return await database.WriteAsync(
            session => session.Execute(
                """
                UPDATE repository_blob SET lease_until = max(lease_until, ?3)
                WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND blob_id = (SELECT id FROM blob WHERE digest = ?2)
                """,
                repository.ToString(),
                digest.ToString(),
                leaseUntil.ToUnixTimeMilliseconds()) > 0,
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

    private static long GetOrAddBlob(SqliteSession session, Digest digest, long size, DateTimeOffset now)
    {
        if (session.FindNumber("SELECT id FROM blob WHERE digest = ?1", digest.ToString()) is not { } known)
        {
            return session.FindNumber(
                "INSERT INTO blob (digest, size, created, verified) VALUES (?1, ?2, ?3, ?3) RETURNING id",
                digest.ToString(),
                size,
                now.ToUnixTimeMilliseconds())!.Value;
        }

        session.Execute(
            "UPDATE blob SET damaged = NULL, trashed = NULL, size = ?2 WHERE id = ?1 AND (damaged IS NOT NULL OR trashed IS NOT NULL)", known, size);
        session.Execute(
            "UPDATE removal SET restored = ?2 WHERE digest = ?1 AND kind = 'blob' AND restored IS NULL AND purged IS NULL",
            digest.ToString(),
            now.ToUnixTimeMilliseconds());
        return known;
    }

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

    private static bool Complete(ValueTask<bool> answer) => answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();

    /// <param name="Size">In bytes.</param>
    private sealed record VisibleBlob(long Size)
    {
        /// <summary>About what an entry takes, its names included, in bytes.</summary>
        public const long Weight = 512;
    }
}
