using HostWatch.Api;
using HostWatch.Readings;

namespace HostWatch.Definition;

internal static class HostWatchAdapter
{
    public const string Kind = "HostWatch";

    // Raised with every change of the definition: the platform reads it again only when the number grows.
    private const int DescribeVersion = 1;

    public static AdapterDefinition Definition { get; } = new(
        Kind,
        "Host Watch",
        DescribeVersion,
        Instance,
        [
            HostReader.Definition,
            ProcessReader.Definition,
            BlockDeviceReader.Definition,
            FileSystemReader.Definition,
            InterfaceReader.Definition,
        ]);

    private static ObjectDefinition Instance => new(
        "hostwatch_adapter_instance",
        "Host Watch Adapter Instance",
        [
            new(Connection.HostNameKey, "Host name") { Description = "Name under which this host and what belongs to it appear." },
            new(Connection.ProcessLimitKey, "Number of processes", "integer")
            {
                Description = $"How many processes are reported, those with the most memory first; 0 to {Connection.MaxProcessLimit}.",
                Required = false,
                IdentType = 2,
                Default = $"{Connection.DefaultProcessLimit}",
            },
            new(Connection.MemoryLimitKey, "Adapter memory limit (MB)", "integer")
            {
                Description = "Memory of the adapter's container.",
                Required = false,
                IdentType = 2,
                Default = "256",
            },
        ],
        []);

    /// <summary>Key of an object of this host; the host's name makes it unique among several hosts.</summary>
    public static ObjectKey Key(
        string objectKind, string name, string hostName, params ReadOnlySpan<(string Key, string Value)> identifiers)
    {
        var all = new List<Identifier> { new(Connection.HostNameKey, hostName, true) };
        foreach (var (key, value) in identifiers)
            all.Add(new(key, value, true));
        return new(name, Kind, objectKind, all);
    }
}
