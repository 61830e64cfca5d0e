using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server.Doctor;

/// <summary>Files that no row names. They cost room and nothing else.</summary>
internal sealed class OrphanFilesCheck : IDatabaseCheck
{
    private const string Name = "orphans";
    private const int Group = 500;
    private const int Sample = 10_000;

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var before = scene.Time.GetUtcNow() - StrayFiles.OrphanAge;
        var files = new ContentPaths(scene.Directory).List(Place.Blobs, Group).SelectMany(files => files);
        var (looked, count, bytes) = (0L, 0L, 0L);
        foreach (var file in scene.Full ? files : files.Take(Sample))
        {
            looked++;
            if (file.Since > before || database.Exists("SELECT 1 FROM blob WHERE digest = ?1", file.Digest.ToString()))
                continue;
            count++;
            bytes += file.Size;
        }

        yield return count == 0
            ? new Finding(FindingLevel.Ok, Name, $"none among {looked} files")
            : new Finding(
                FindingLevel.Warn, Name, $"{count} of {looked} files with {Amount.Of(bytes)} have no row", "'berth scrub' puts them into the trash and frees them later");
    }
}
