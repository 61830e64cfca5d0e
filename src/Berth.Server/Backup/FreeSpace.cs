using System.Globalization;

namespace Berth.Server.Backup;

internal static class FreeSpace
{
    /// <exception cref="BackupFailedException">The file system of <paramref name="directory"/> has less room than that.</exception>
    public static void Require(string directory, long bytes, string what)
    {
        var free = new DriveInfo(directory).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new BackupFailedException(
                $"{what} takes {Text(bytes)}, and '{directory}' has room for {Text(free)}: make room for {Text(bytes - free)} more there, or name another disk");
        }
    }

    /// <summary>In the unit a person would choose, decimal.</summary>
    public static string Text(long bytes) => bytes switch
    {
        >= 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0} GB"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };
}
