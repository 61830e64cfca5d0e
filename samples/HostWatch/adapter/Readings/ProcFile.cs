using System.Globalization;

namespace HostWatch.Readings;

/// <summary>The text files of the kernel: fields between blanks, numbers in the C locale.</summary>
internal static class ProcFile
{
    /// <summary>Clock ticks in /proc are of this many a second, whatever the kernel's own clock is.</summary>
    public const double TicksPerSecond = 100;

    private const StringSplitOptions NoBlanks = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static string[] Fields(string line) => line.Split(' ', NoBlanks);

    public static double Number(string field) => double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static double UptimeSeconds() => Number(Fields(File.ReadAllText("/proc/uptime"))[0]);

    public static double Percent(double part, double whole) => whole > 0 ? 100 * part / whole : 0;
}
