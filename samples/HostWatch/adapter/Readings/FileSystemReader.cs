using HostWatch.Api;
using HostWatch.Definition;
using static HostWatch.Definition.AttributeDefinition;

namespace HostWatch.Readings;

/// <summary>Mounted file systems that hold data, each once however often it is mounted.</summary>
internal static class FileSystemReader
{
    private const string Kind = "file_system";

    public static ObjectDefinition Definition => new(
        Kind,
        "File System",
        [new(Connection.HostNameKey, "Host name"), new("mount_point", "Mount point")],
        [
            Indicator("usage", "Usage", Units.Percent),
            Metric("total", "Total", Units.Kibibytes),
            Metric("free", "Free", Units.Kibibytes),
            Property("device", "Device"),
            Property("type", "Type"),
        ]);

    public static IEnumerable<ObjectData> Read(string hostName) =>
        File.ReadLines("/proc/mounts")
            .Select(ProcFile.Fields)
            .Where(fields => fields[0].StartsWith("/dev/", StringComparison.Ordinal) || fields[2] is "overlay" or "zfs")
            .DistinctBy(fields => fields[0])
            .Select(fields => Describe(fields, hostName))
            .OfType<ObjectData>();

    private static ObjectData? Describe(string[] fields, string hostName)
    {
        // The kernel writes a blank in a path as \040.
        var mountPoint = fields[1].Replace("\\040", " ", StringComparison.Ordinal);
        try
        {
            var drive = new DriveInfo(mountPoint);
            var (total, free) = (drive.TotalSize, drive.AvailableFreeSpace);
            return new ObjectData(HostWatchAdapter.Key(Kind, mountPoint, hostName, ("mount_point", mountPoint)))
                .Metric("usage", ProcFile.Percent(total - free, total))
                .Metric("total", total / 1024.0)
                .Metric("free", free / 1024.0)
                .Property("device", fields[0])
                .Property("type", fields[2]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
