using HostWatch.Api;
using HostWatch.Definition;
using static HostWatch.Definition.AttributeDefinition;

namespace HostWatch.Readings;

/// <summary>Block devices and their partitions, without those that were never used.</summary>
internal static class BlockDeviceReader
{
    private const string Kind = "block_device";

    // The kernel counts sectors of this size whatever the device's own is.
    private const double SectorBytes = 512;

    public static ObjectDefinition Definition => new(
        Kind,
        "Block Device",
        [new(Connection.HostNameKey, "Host name"), new("device", "Device")],
        [
            Indicator("busy", "Busy time", Units.Percent),
            Rate("reads", "Reads", Units.ReadsPerSecond),
            Rate("writes", "Writes", Units.WritesPerSecond),
            Rate("read_throughput", "Read throughput", Units.BytesPerSecond),
            Rate("write_throughput", "Write throughput", Units.BytesPerSecond),
        ]);

    public static IEnumerable<ObjectData> Read(string hostName, RateMeter rates) =>
        File.ReadLines("/proc/diskstats")
            .Select(ProcFile.Fields)
            .Where(fields => ProcFile.Number(fields[3]) + ProcFile.Number(fields[7]) > 0)
            .Select(fields => Describe(fields, hostName, rates));

    private static ObjectData Describe(string[] fields, string hostName, RateMeter rates)
    {
        var device = fields[2];
        return new ObjectData(HostWatchAdapter.Key(Kind, device, hostName, ("device", device)))
            .Metric("busy", Math.Min(PerSecond(12) / 10, 100))
            .Metric("reads", PerSecond(3))
            .Metric("writes", PerSecond(7))
            .Metric("read_throughput", PerSecond(5) * SectorBytes)
            .Metric("write_throughput", PerSecond(9) * SectorBytes);

        double PerSecond(int field) => rates.PerSecond($"disk/{device}/{field}", ProcFile.Number(fields[field]));
    }
}
