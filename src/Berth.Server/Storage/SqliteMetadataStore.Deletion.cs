using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Deleting: into the trash, with who did it and why.</summary>
internal sealed partial class SqliteMetadataStore
{
    public ValueTask<RemoveResult> RemoveManifestAsync(
        RepositoryName repository, Digest digest, Deletion deletion, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (FindRepository(session, repository) is not { } repositoryId
                    || FindManifest(session, repositoryId, digest) is not { } id)
                    return RemoveResult.NotFound;
                if (session.Exists("SELECT 1 FROM manifest_child WHERE child_id = ?1 LIMIT 1", id))
                    return RemoveResult.Referenced;
                if (!deletion.Forced && IsPinned(session, repositoryId, digest, deletion.Now))
                    return RemoveResult.Pinned;
                if (!deletion.Forced && WasPulled(session, id, deletion.PulledSince))
                    return RemoveResult.PulledRecently;
                if (!deletion.Forced)
                    RequireMutable(session, repository, id);
                TrashManifest(session, repository, id, deletion, partOf: null);
                return RemoveResult.Removed;
            },
            cancellationToken);

    public ValueTask<bool> RemoveTagAsync(RepositoryName repository, Tag tag, Deletion deletion, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (FindRepository(session, repository) is not { } repositoryId || !HasTag(session, repositoryId, tag))
                    return false;
                if (!deletion.Forced)
                    RequireMutable(session, repository, tag);
                return TrashTag(session, repositoryId, repository, tag, deletion);
            },
            cancellationToken);

    /// <summary>Whether a person or a management pack says that it has to stay.</summary>
    internal static bool IsPinned(SqliteSession session, long repository, Digest digest, DateTimeOffset now) => session.Exists(
        """
        SELECT 1 FROM manifest WHERE repository_id = ?1 AND subject = ?2 AND artifact_type = ?3
        UNION ALL
        SELECT 1 FROM pin WHERE repository_id = ?1 AND digest = ?2 AND (ends IS NULL OR ends > ?4)
        LIMIT 1
        """,
        repository,
        digest.ToString(),
        MediaTypes.ManagementPack,
        now.ToUnixTimeMilliseconds());

    internal static bool WasPulled(SqliteSession session, long manifest, DateTimeOffset? since) => since is { } time && session.Exists(
        "SELECT 1 FROM manifest_use WHERE manifest_id = ?1 AND pulled > ?2", manifest, time.ToUnixTimeMilliseconds());

    /// <summary>Its tags go with it, as parts of its own entry in the journal.</summary>
    internal static long TrashManifest(SqliteSession session, RepositoryName repository, long id, Deletion deletion, long? partOf)
    {
        var entry = AddRemoval(
            session,
            "SELECT 'manifest', ?1, digest, NULL, length(bytes) FROM manifest WHERE id = ?7",
            repository, deletion, partOf, id);
        session.Execute(
            "INSERT INTO trashed_manifest (removal_id, media_type, created, bytes) SELECT ?1, media_type, created, bytes FROM manifest WHERE id = ?2",
            entry, id);
        session.Execute(
            """
            INSERT INTO removal (at, kind, repository, digest, tag, size, actor, reason, forced, part_of)
            SELECT at, 'tag', repository, digest, tag.name, 0, actor, reason, forced, removal.id
            FROM tag, removal WHERE tag.manifest_id = ?1 AND removal.id = ?2
            """,
            id, entry);
        NoteFreed(session, id, deletion.Now);
        session.Execute("DELETE FROM manifest WHERE id = ?1", id); // tags and edges go with it
        return entry;
    }

    internal static bool TrashTag(SqliteSession session, long repositoryId, RepositoryName repository, Tag tag, Deletion deletion)
    {
        if (session.FindNumber("SELECT manifest_id FROM tag WHERE repository_id = ?1 AND name = ?2", repositoryId, tag.ToString()) is not { } manifest)
            return false;
        AddRemoval(
            session, "SELECT 'tag', ?1, digest, ?8, 0 FROM manifest WHERE id = ?7", repository, deletion, null, manifest, tag.ToString());
        session.Execute("DELETE FROM tag WHERE repository_id = ?1 AND name = ?2", repositoryId, tag.ToString());
        NoteUntagged(session, manifest, deletion.Now);
        return true;
    }

    /// <param name="what">Selects kind, repository, digest, tag and size; ?1 is the repository, ?7 the row, ?8 the tag.</param>
    internal static long AddRemoval(
        SqliteSession session, string what, RepositoryName? repository, Deletion deletion, long? partOf, long row, string? tag = null) =>
        session.FindNumber(
            $"""
            WITH what (kind, repository, digest, tag, size) AS ({what})
            INSERT INTO removal (at, kind, repository, digest, tag, size, actor, reason, forced, part_of)
            SELECT ?2, kind, repository, digest, tag, size, ?3, ?4, ?5, ?6 FROM what WHERE ?7 IS NOT NULL AND ?8 IS ?8 RETURNING id
            """,
            repository?.ToString(),
            deletion.Now.ToUnixTimeMilliseconds(),
            deletion.Actor,
            deletion.Reason,
            deletion.Forced ? 1L : 0L,
            partOf,
            row,
            tag)!.Value;
}
