using Berth.Oci;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server.Doctor;

/// <summary>Rows whose content is not there, or has another length.</summary>
internal sealed class MissingFilesCheck : IDatabaseCheck
{
    private const string Name = "files";
    private const long Sample = 2000;

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var paths = new ContentPaths(scene.Directory);
        var looked = database.List(
            $"SELECT digest, size FROM blob WHERE trashed IS NULL AND damaged IS NULL {(scene.Full ? "" : $"ORDER BY random() LIMIT {Sample}")}",
            row => (Digest: Digest.Parse(row.GetString(0)), Size: row.GetInt64(1)));
        var wrong = looked.Where(blob => FileFacts.Find(paths.PathOf(Place.Blobs, blob.Digest))?.Size != blob.Size)
            .Where(blob => IsStillLive(database, blob.Digest)).ToList();
        var all = scene.Full ? "all" : "a sample of";
        yield return wrong.Count == 0
            ? new Finding(FindingLevel.Ok, Name, $"{all} {looked.Count} blobs have their files")
            : new Finding(
                FindingLevel.Fail, Name, $"{wrong.Count} of {all} {looked.Count} blobs lack their file or have one of another length, first {wrong[0].Digest}",
                "run 'berth scrub', which brings back what it can and names the rest");
    }

    /// <summary>A collection may have taken it since the list was read.</summary>
    private static bool IsStillLive(SqliteSession database, Digest digest) =>
        database.Exists("SELECT 1 FROM blob WHERE digest = ?1 AND trashed IS NULL", digest.ToString());
}
