using System.Globalization;
using Berth.Oci;
using Berth.Registry.Collection;

namespace Berth.Server.Storage;

/// <summary>Content that nothing names: found, marked as trash, moved.</summary>
internal sealed partial class SqliteMetadataStore : ICollectionStore
{
    /// <summary>The actor of whatever is not done by somebody.</summary>
    internal const string Collection = "collection";

    /// <summary>How many blobs are looked at in one read: a few milliseconds, so that the log of the database can be moved on between two.</summary>
    private const int Window = 1000;

    public ValueTask<CollectionPage> FindUnusedBlobsAsync(string? after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        return ValueTask.FromResult(database.Read(session =>
        {
            var last = session.FindNumber("SELECT max(id) FROM (SELECT id FROM blob WHERE id > ?1 ORDER BY id LIMIT ?2)", first, (long)Window);
            if (last is null)
                return CollectionPage.Empty;
            var milliseconds = now.ToUnixTimeMilliseconds();
            List<Removal> found = [.. UnusedLinks(session, first, last.Value, milliseconds), .. UnusedBlobs(session, first, last.Value, milliseconds)];
            return new CollectionPage(found, last.Value.ToString(CultureInfo.InvariantCulture));
        }));
    }

    public ValueTask<IReadOnlyList<Removal>> TrashBlobsAsync(
        IReadOnlyList<Removal> unused, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Removal>>(
            session => [.. unused.Where(removal => removal.Kind is RemovalKind.Link
                ? Unlink(session, removal, now.ToUnixTimeMilliseconds())
                : Trash(session, removal, now))],
            cancellationToken);

    public async ValueTask WhileTrashedAsync(IReadOnlyList<Digest> digests, Func<Digest, ValueTask> move, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                foreach (var digest in digests)
                {
                    if (session.Exists("SELECT 1 FROM blob WHERE digest = ?1 AND trashed IS NOT NULL", digest.ToString()))
                        Complete(move(digest));
                }

                return true;
            },
            cancellationToken);

    public async ValueTask WhileUnknownAsync(IReadOnlyList<Digest> digests, Func<Digest, ValueTask> purge, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            session =>
            {
                foreach (var digest in digests)
                {
                    if (!session.Exists("SELECT 1 FROM blob WHERE digest = ?1", digest.ToString()))
                        Complete(purge(digest));
                }

                return true;
            },
            cancellationToken);

    private static List<Removal> UnusedLinks(SqliteSession session, long first, long last, long now) => session.List(
        """
        SELECT repository.name, blob.digest FROM blob
        JOIN repository_blob AS link ON link.blob_id = blob.id
        JOIN repository ON repository.id = link.repository_id
        WHERE blob.id > ?1 AND blob.id <= ?2 AND link.lease_until <= ?3
          AND NOT EXISTS (SELECT 1 FROM manifest_blob AS edge WHERE edge.repository_id = link.repository_id AND edge.blob_id = link.blob_id)
        ORDER BY blob.id, link.repository_id
        """,
        row => new Removal(
            RemovalKind.Link, RepositoryName.Parse(row.GetString(0)), Digest.Parse(row.GetString(1)), null, 0, "no manifest of the repository names it"),
        first, last, now);

    private static List<Removal> UnusedBlobs(SqliteSession session, long first, long last, long now) => session.List(
        """
        SELECT digest, size FROM blob
        WHERE id > ?1 AND id <= ?2 AND trashed IS NULL AND NOT EXISTS (
            SELECT 1 FROM repository_blob AS link WHERE link.blob_id = blob.id AND (link.lease_until > ?3 OR EXISTS (
                SELECT 1 FROM manifest_blob AS edge WHERE edge.repository_id = link.repository_id AND edge.blob_id = link.blob_id)))
        ORDER BY id
        """,
        row => new Removal(RemovalKind.Blob, null, Digest.Parse(row.GetString(0)), null, row.GetInt64(1), "no repository shows it"),
        first, last, now);

    private static bool Unlink(SqliteSession session, Removal link, long now) => session.Execute(
        """
        DELETE FROM repository_blob
        WHERE repository_id = (SELECT id FROM repository WHERE name = ?1) AND blob_id = (SELECT id FROM blob WHERE digest = ?2)
          AND lease_until <= ?3 AND NOT EXISTS (
            SELECT 1 FROM manifest_blob AS edge
            WHERE edge.repository_id = repository_blob.repository_id AND edge.blob_id = repository_blob.blob_id)
        """,
        link.Repository.ToString(), link.Digest.ToString(), now) > 0;

    private static bool Trash(SqliteSession session, Removal blob, DateTimeOffset now)
    {
        var id = session.FindNumber(
            """
            UPDATE blob SET trashed = ?2
            WHERE digest = ?1 AND trashed IS NULL AND NOT EXISTS (SELECT 1 FROM repository_blob WHERE blob_id = blob.id) RETURNING id
            """,
            blob.Digest.ToString(), now.ToUnixTimeMilliseconds());
        if (id is null)
            return false;
        AddRemoval(
            session, "SELECT 'blob', ?1, digest, NULL, size FROM blob WHERE id = ?7", null, new Deletion(Collection, blob.Reason, now), null, id.Value);
        return true;
    }

    /// <summary>Waits on the thread that writes, which is there to wait; on a file system there is nothing to wait for.</summary>
    private static void Complete(ValueTask move)
    {
        if (move.IsCompletedSuccessfully)
            return;
        move.AsTask().GetAwaiter().GetResult();
    }
}
