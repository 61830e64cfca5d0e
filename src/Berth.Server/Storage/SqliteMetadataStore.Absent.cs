using Berth.Oci;

namespace Berth.Server.Storage;

/// <summary>Edges that wait for their other end: what a manifest names and the repository has not yet.</summary>
internal sealed partial class SqliteMetadataStore
{
    private static void AddAbsent(SqliteSession session, long repository, long manifest, ManifestNeeds needs)
    {
        foreach (var (digests, isChild) in new[] { (needs.AbsentBlobs, 0L), (needs.AbsentChildren, 1L) })
        {
            foreach (var digest in digests)
            {
                session.Execute(
                    "INSERT INTO manifest_absent (manifest_id, repository_id, digest, is_child) VALUES (?1, ?2, ?3, ?4)",
                    manifest,
                    repository,
                    digest.ToString(),
                    isChild);
            }
        }
    }

    private static void BlobArrived(SqliteSession session, long repository, long blob)
    {
        var waiting = session.List(
            """
            DELETE FROM manifest_absent
            WHERE repository_id = ?1 AND digest = (SELECT digest FROM blob WHERE id = ?2) AND is_child = 0 RETURNING manifest_id
            """,
            row => row.GetInt64(0),
            repository,
            blob);
        foreach (var manifest in waiting)
            session.Execute("INSERT INTO manifest_blob (manifest_id, blob_id, repository_id) VALUES (?1, ?2, ?3)", manifest, blob, repository);
    }

    private static void ManifestArrived(SqliteSession session, long repository, long manifest, Digest digest)
    {
        var waiting = session.List(
            "DELETE FROM manifest_absent WHERE repository_id = ?1 AND digest = ?2 AND is_child = 1 RETURNING manifest_id",
            row => row.GetInt64(0),
            repository,
            digest.ToString());
        foreach (var parent in waiting)
            session.Execute("INSERT INTO manifest_child (parent_id, child_id) VALUES (?1, ?2)", parent, manifest);
    }
}
