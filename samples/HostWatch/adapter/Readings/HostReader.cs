using HostWatch.Api;
using HostWatch.Definition;
using static HostWatch.Definition.AttributeDefinition;

namespace HostWatch.Readings;

/// <summary>Processor, load and memory of the whole machine, also when it is read from inside a container.</summary>
internal static class HostReader
{
    private const string Kind = "host";

    public static ObjectDefinition Definition => new ObjectDefinition(
        Kind,
        "Host",
        [new(Connection.HostNameKey, "Host name")],
        [
            Indicator("cpu_usage", "Processor usage", Units.Percent),
            Metric("cpu_count", "Processors", Units.Cores),
            Metric("load_1m", "Load, 1 minute"),
            Metric("load_5m", "Load, 5 minutes"),
            Metric("load_15m", "Load, 15 minutes"),
            Metric("uptime", "Uptime", Units.Seconds),
            Property("kernel", "Kernel version"),
        ]).With(new("memory", "Memory",
        [
            Indicator("usage", "Usage", Units.Percent),
            Metric("total", "Total", Units.Kibibytes),
            Metric("available", "Available", Units.Kibibytes),
            Metric("swap_total", "Swap total", Units.Kibibytes),
            Metric("swap_free", "Swap free", Units.Kibibytes),
        ]));

    public static ObjectData Read(string hostName, RateMeter rates)
    {
        var host = new ObjectData(HostWatchAdapter.Key(Kind, hostName, hostName));
        AddProcessor(host, rates);
        AddMemory(host);
        var load = ProcFile.Fields(File.ReadAllText("/proc/loadavg"));
        return host
            .Metric("load_1m", ProcFile.Number(load[0]))
            .Metric("load_5m", ProcFile.Number(load[1]))
            .Metric("load_15m", ProcFile.Number(load[2]))
            .Metric("uptime", ProcFile.UptimeSeconds())
            .Property("kernel", File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
    }

    private static void AddProcessor(ObjectData host, RateMeter rates)
    {
        var lines = File.ReadAllLines("/proc/stat");
        // user nice system idle iowait irq softirq steal; the guest fields behind them are already part of user and nice.
        var ticks = ProcFile.Fields(lines[0])[1..9].Select(ProcFile.Number).ToArray();
        var all = rates.PerSecond("cpu/all", ticks.Sum());
        var idle = rates.PerSecond("cpu/idle", ticks[3] + ticks[4]);
        host.Metric("cpu_usage", ProcFile.Percent(Math.Max(all - idle, 0), all));
        host.Metric("cpu_count", lines.Count(line => line.StartsWith("cpu", StringComparison.Ordinal)) - 1);
    }

    private static void AddMemory(ObjectData host)
    {
        var memory = File.ReadLines("/proc/meminfo")
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => ProcFile.Number(ProcFile.Fields(parts[1])[0]));
        var (total, available) = (memory["MemTotal"], memory["MemAvailable"]);
        host.Metric("memory|usage", ProcFile.Percent(total - available, total))
            .Metric("memory|total", total)
            .Metric("memory|available", available)
            .Metric("memory|swap_total", memory["SwapTotal"])
            .Metric("memory|swap_free", memory["SwapFree"]);
    }
}
