using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Repositories as a whole.</summary>
internal sealed class SqliteRepositories(SqliteDatabase database)
{
    public IReadOnlyList<RepositorySum> List() => database.Read(session => session.List(
        $"""
        SELECT name, (SELECT count(*) FROM manifest WHERE repository_id = repository.id), (SELECT count(*) FROM tag WHERE repository_id = repository.id)
        FROM repository WHERE {SqliteMetadataStore.HasSomething} ORDER BY name
        """,
        row => new RepositorySum(row.GetString(0), row.GetInt64(1), row.GetInt64(2))));

    /// <summary>Puts all manifests and tags into the trash, as parts of one removal, and ends the uploads.</summary>
    /// <exception cref="RepositoryProtectedException">Something in it is protected and the deletion not forced; nothing was changed.</exception>
    /// <returns>Null when there is nothing such.</returns>
    public ValueTask<RemovedRepository?> RemoveAsync(RepositoryName repository, Deletion deletion, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var manifests = 0;
            if (session.FindNumber($"SELECT id FROM repository WHERE name = ?1 AND {SqliteMetadataStore.HasSomething}", repository.ToString()) is not { } id)
                return null;
            if (!deletion.Forced)
                RequireUnprotected(session, id, repository, deletion);
            var entry = SqliteMetadataStore.AddRemoval(
                session, "SELECT 'repository', ?1, NULL, NULL, 0 FROM repository WHERE id = ?7", repository, deletion, null, id);
            for (var level = Unneeded(session, id); level.Count > 0; level = Unneeded(session, id))
            {
                foreach (var manifest in level)
                    SqliteMetadataStore.TrashManifest(session, repository, manifest, deletion, entry);
                manifests += level.Count;
            }

            var uploads = session.List("DELETE FROM upload_session WHERE repository_id = ?1 RETURNING id", row => row.GetString(0), id);
            return new RemovedRepository(entry, manifests, [.. uploads.Select(Parse)]);
        },
        cancellationToken);

    /// <summary>What no index lists (any more): an index goes before its manifests.</summary>
    private static List<long> Unneeded(SqliteSession session, long repository) => session.List(
        "SELECT id FROM manifest WHERE repository_id = ?1 AND NOT EXISTS (SELECT 1 FROM manifest_child WHERE child_id = manifest.id) ORDER BY id",
        row => row.GetInt64(0),
        repository);

    private static void RequireUnprotected(SqliteSession session, long id, RepositoryName name, Deletion deletion)
    {
        var immutable = SqlitePolicyStore.Read(session).Find(name) is { ImmutableTags.Count: > 0 } policy
            ? session.List("SELECT name FROM tag WHERE repository_id = ?1", row => Tag.Parse(row.GetString(0)), id).Where(policy.IsImmutable)
            : [];
        foreach (var tag in immutable.Take(1))
            throw new RepositoryProtectedException($"its tag {tag} is immutable");
        foreach (var (manifest, digest) in session.List(
            "SELECT id, digest FROM manifest WHERE repository_id = ?1", row => (row.GetInt64(0), Digest.Parse(row.GetString(1))), id))
        {
            if (SqliteMetadataStore.IsPinned(session, id, digest, deletion.Now))
                throw new RepositoryProtectedException($"{digest} is pinned");
            if (SqliteMetadataStore.WasPulled(session, manifest, deletion.PulledSince))
                throw new RepositoryProtectedException($"{digest} was pulled not long ago");
        }
    }

    private static UploadId Parse(string text) => UploadId.TryParse(text, out var id) ? id : throw new InvalidDataException($"'{text}' is no upload.");
}

internal sealed record RepositorySum(string Name, long Manifests, long Tags);

/// <param name="Entry">Of the journal.</param>
/// <param name="Uploads">Those that were ended; their bytes are still to be freed.</param>
internal sealed record RemovedRepository(long Entry, int Manifests, IReadOnlyList<UploadId> Uploads);

internal sealed class RepositoryProtectedException(string message) : Exception(message);
