using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Berth.Server.Upkeep;

namespace Berth.Server.Doctor;

/// <summary>Content that was found corrupt or missing.</summary>
internal sealed class QuarantineCheck : IDatabaseCheck
{
    private const string Name = "quarantine";
    private const int Group = 500;

    public IEnumerable<Finding> Look(Scene scene, SqliteSession database)
    {
        var lost = database.List("SELECT digest FROM blob WHERE damaged IS NOT NULL AND trashed IS NULL ORDER BY damaged", row => row.GetString(0));
        if (lost.Count > 0)
        {
            yield return new Finding(
                FindingLevel.Fail, Name, $"{lost.Count} blobs are corrupt or missing and cannot be pulled, first {lost[0]}",
                $"push them again, or name a registry that has them with {Configuration.SettingKeys.ScrubPeers} and run 'berth scrub'");
            yield break;
        }

        var files = new ContentPaths(scene.Directory).List(Place.Quarantine, Group).SelectMany(files => files).ToList();
        yield return files.Count == 0
            ? new Finding(FindingLevel.Ok, Name, "is empty")
            : new Finding(
                FindingLevel.Warn, Name, $"holds {files.Count} corrupt files whose content was healed ({Amount.Of(files.Sum(file => file.Size))})",
                "look after the disk; a later scrub frees them");
    }
}
