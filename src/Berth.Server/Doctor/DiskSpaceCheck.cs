namespace Berth.Server.Doctor;

/// <summary>Room for bytes and for files.</summary>
internal sealed class DiskSpaceCheck : IDoctorCheck
{
    private const long Gigabyte = 1_000_000_000;
    private const string Fix = "make room, or let 'berth gc' free what nothing names";

    public IEnumerable<Finding> Look(Scene scene) => Judge(FileSystemRoom.Of(scene.Directory.Root));

    internal static IEnumerable<Finding> Judge(FileSystemRoom room)
    {
        var (free, share) = (room.FreeBytes, Percent(room.FreeBytes, room.Bytes));
        var seen = $"{Amount.Of(free)} of {Amount.Of(room.Bytes)} free ({share} %)";
        var level = free < Gigabyte || share < 2 ? FindingLevel.Fail : free < 5 * Gigabyte || share < 10 ? FindingLevel.Warn : FindingLevel.Ok;
        yield return new Finding(level, "disk space", seen, level is FindingLevel.Ok ? null : Fix);
        if (room.Files == 0)
            yield break;
        share = Percent(room.FreeFiles, room.Files);
        level = share < 2 ? FindingLevel.Fail : share < 10 ? FindingLevel.Warn : FindingLevel.Ok;
        yield return new Finding(level, "inodes", $"{room.FreeFiles} of {room.Files} free ({share} %)", level is FindingLevel.Ok ? null : Fix);
    }

    private static long Percent(long part, long whole) => whole == 0 ? 0 : (long)((double)part / whole * 100);
}
