using HostWatch.Api;

namespace HostWatch.Readings;

/// <summary>One collection reads everything once; collections do not overlap.</summary>
internal sealed class HostCollector
{
    private readonly Lock _lock = new();
    private readonly RateMeter _rates = new();

    public CollectResult Collect(Connection connection)
    {
        lock (_lock)
        {
            _rates.Advance(ProcFile.UptimeSeconds());
            var host = HostReader.Read(connection.HostName, _rates);
            List<ObjectData> children =
            [
                .. ProcessReader.Read(connection, _rates),
                .. BlockDeviceReader.Read(connection.HostName, _rates),
                .. FileSystemReader.Read(connection.HostName),
                .. InterfaceReader.Read(connection.HostName, _rates),
            ];
            return new([host, .. children], [new(host.Key, [.. children.Select(child => child.Key)])], [], null);
        }
    }
}
