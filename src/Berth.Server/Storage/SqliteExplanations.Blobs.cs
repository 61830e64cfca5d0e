using Berth.Oci;
using Berth.Server.Explaining;

namespace Berth.Server.Storage;

internal sealed partial class SqliteExplanations
{
    private BlobFacts? FindBlob(SqliteSession session, Digest digest, DateTimeOffset now)
    {
        var links = session.List(
            """
            SELECT repository.name, link.repository_id, link.blob_id, link.lease_until FROM blob
            JOIN repository_blob AS link ON link.blob_id = blob.id JOIN repository ON repository.id = link.repository_id
            WHERE blob.digest = ?1 ORDER BY repository.name LIMIT ?2
            """,
            row => (Name: row.GetString(0), Repository: row.GetInt64(1), Blob: row.GetInt64(2), Lease: SqliteJournal.Time(row, 3)!.Value),
            digest.ToString(), (long)DigestFacts.Most);
        var shown = links.Select(link => new LinkFacts(link.Name, NamedBy(session, link.Repository, link.Blob), link.Lease, link.Lease <= now)).ToArray();
        return session.FirstOrDefault(
            "SELECT size, created, verified, trashed, damaged FROM blob WHERE digest = ?1",
            row => new BlobFacts(
                row.GetInt64(0), SqliteJournal.Time(row, 1)!.Value, FileOf(digest), SqliteJournal.Time(row, 2), SqliteJournal.Time(row, 3),
                SqliteJournal.Time(row, 4), shown),
            digest.ToString());
    }

    private static string[] NamedBy(SqliteSession session, long repository, long blob) =>
    [
        .. session.List(
            """
            SELECT manifest.digest FROM manifest_blob AS edge JOIN manifest ON manifest.id = edge.manifest_id
            WHERE edge.repository_id = ?1 AND edge.blob_id = ?2 LIMIT ?3
            """,
            row => row.GetString(0),
            repository, blob, (long)DigestFacts.Most),
    ];

    private string FileOf(Digest digest) =>
        File.Exists(_layout.PathOf(digest)) ? "present"
        : File.Exists(_layout.TrashPathOf(digest)) ? "trash"
        : File.Exists(_layout.QuarantinePathOf(digest)) ? "quarantine" : "missing";
}
