using HostWatch.Api;
using HostWatch.Definition;
using static HostWatch.Definition.AttributeDefinition;

namespace HostWatch.Readings;

/// <summary>Network interfaces of this network namespace.</summary>
internal static class InterfaceReader
{
    private const string Kind = "network_interface";
    private const int HeaderLines = 2;

    public static ObjectDefinition Definition => new(
        Kind,
        "Network Interface",
        [new(Connection.HostNameKey, "Host name"), new("interface", "Interface")],
        [
            Rate("received", "Received", Units.BytesPerSecond),
            Rate("sent", "Sent", Units.BytesPerSecond),
            Rate("packets_received", "Packets received", Units.PacketsPerSecond),
            Rate("packets_sent", "Packets sent", Units.PacketsPerSecond),
        ]);

    public static IEnumerable<ObjectData> Read(string hostName, RateMeter rates) =>
        File.ReadLines("/proc/net/dev").Skip(HeaderLines).Select(line => Describe(line, hostName, rates));

    private static ObjectData Describe(string line, string hostName, RateMeter rates)
    {
        var colon = line.LastIndexOf(':');
        var name = line[..colon].Trim();
        var counters = ProcFile.Fields(line[(colon + 1)..]);
        return new ObjectData(HostWatchAdapter.Key(Kind, name, hostName, ("interface", name)))
            .Metric("received", PerSecond(0))
            .Metric("sent", PerSecond(8))
            .Metric("packets_received", PerSecond(1))
            .Metric("packets_sent", PerSecond(9));

        double PerSecond(int counter) => rates.PerSecond($"net/{name}/{counter}", ProcFile.Number(counters[counter]));
    }
}
