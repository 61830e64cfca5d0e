using System.Globalization;
using HostWatch.Api;
using HostWatch.Definition;
using static HostWatch.Definition.AttributeDefinition;

namespace HostWatch.Readings;

/// <summary>The processes of this process namespace, those with the most memory first, up to the connection's limit.</summary>
internal static class ProcessReader
{
    private const string Kind = "process";

    public static ObjectDefinition Definition => new(
        Kind,
        "Process",
        [new(Connection.HostNameKey, "Host name"), new("pid", "Process id", "integer"), new("start_ticks", "Start (ticks since boot)")],
        [
            Indicator("cpu_usage", "Processor usage", Units.Percent),
            Metric("memory_resident", "Resident memory", Units.Kibibytes),
            Metric("threads", "Threads", Units.Threads),
            Property("command", "Command"),
            Property("state", "State"),
        ]);

    public static IEnumerable<ObjectData> Read(Connection connection, RateMeter rates) =>
        Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(pid => ProcessStat.TryRead(pid!))
            .OfType<ProcessStat>()
            .OrderByDescending(process => process.ResidentKibibytes)
            .Take(connection.ProcessLimit)
            .Select(process => Describe(process, connection.HostName, rates));

    private static ObjectData Describe(ProcessStat process, string hostName, RateMeter rates)
    {
        // A process id comes back one day: only together with the start it names one process.
        var key = HostWatchAdapter.Key(
            Kind, $"{process.Command} ({process.Pid})", hostName, ("pid", process.Pid), ("start_ticks", process.StartTicks));
        var busy = rates.PerSecond($"process/{process.Pid}/{process.StartTicks}", process.Ticks) / ProcFile.TicksPerSecond;
        return new ObjectData(key)
            .Metric("cpu_usage", 100 * busy)
            .Metric("memory_resident", process.ResidentKibibytes)
            .Metric("threads", process.Threads)
            .Property("command", process.Command)
            .Property("state", process.State);
    }
}
