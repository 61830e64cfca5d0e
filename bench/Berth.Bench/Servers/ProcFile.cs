using System.Globalization;

namespace Berth.Bench.Servers;

/// <summary>What the kernel tells about a process and its children.</summary>
internal static class ProcFile
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>Peak of resident memory, in bytes.</summary>
    public static long PeakMemory(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Processor time of a process and of its living children, in seconds.</summary>
    public static double CpuSeconds(int pid)
    {
        // What stands in parentheses is the command's name, which may contain anything.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return (ticks / TicksPerSecond) + Children(pid).Sum(CpuSeconds);
    }

    private static IEnumerable<int> Children(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture));
}
