using System.Diagnostics;
using System.Globalization;

namespace Berth.Bench.Report;

/// <summary>What has to be known of a machine to read its numbers.</summary>
internal static class MachineFacts
{
    public static string Describe(string directory)
    {
        var model = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = long.Parse(
            File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0 / 1024;
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Machine: {Environment.ProcessorCount} cores of {model}, {memory:0} GiB of memory, {FileSystem(directory)} (an appended block is synced in "
            + $"{SyncMilliseconds(directory):0.00} ms), Linux {kernel}. The load generator runs on the same cores.");
    }

    /// <summary>Type and options of the file system, the device left out.</summary>
    private static string FileSystem(string directory)
    {
        var mount = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .Where(fields => directory == fields[1] || directory.StartsWith(fields[1].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(fields => fields[1].Length)!;
        return $"{mount[2]} ({mount[3]}) on a {Disk(mount[0])}";
    }

    private static string Disk(string device) => device switch
    {
        _ when device.Contains("/vd", StringComparison.Ordinal) => "virtual disk",
        _ when device.Contains("/loop", StringComparison.Ordinal) => "loop device",
        _ => "disk",
    };

    private static double SyncMilliseconds(string directory)
    {
        const int times = 200;
        var file = Path.Combine(directory, "sync-probe");
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        return Measuring.Statistics.Median(Enumerable.Range(0, times).Select(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            stream.Write(block);
            stream.Flush(flushToDisk: true);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }).ToArray());
    }
}
