using System.Globalization;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>A <see cref="ContainerSpec"/> in the words of the engine's API.</summary>
internal static class ContainerRequest
{
    private const string LogPath = "/var/log";
    private const string Loopback = "127.0.0.1";

    public static string PortKey(int port) => string.Create(CultureInfo.InvariantCulture, $"{port}/tcp");

    public static CreateContainerParameters Create(ContainerSpec spec, bool publish)
    {
        var port = PortKey(spec.Port);
        return new CreateContainerParameters
        {
            Name = spec.Name,
            Image = spec.Image,
            Env = [.. spec.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = new Dictionary<string, string>(spec.Labels),
            ExposedPorts = new Dictionary<string, EmptyStruct> { [port] = default },
            HostConfig = Host(spec, publish ? port : null),
        };
    }

    private static HostConfig Host(ContainerSpec spec, string? published)
    {
        var host = new HostConfig
        {
            Memory = Bytes(spec.MemoryMegabytes),
            MemorySwap = Bytes(spec.MemoryMegabytes + ContainerSpec.SwapMegabytes),
        };
        if (published is not null)
            host.PortBindings = new Dictionary<string, IList<PortBinding>> { [published] = [Binding(spec.HostPort ?? 0)] };
        if (spec.LogDirectory is { } logs)
            host.Mounts = [new Mount { Type = "bind", Source = Path.GetFullPath(logs), Target = LogPath }];
        return host;
    }

    private static PortBinding Binding(int hostPort) => new()
    {
        HostIP = Loopback,
        HostPort = hostPort == 0 ? string.Empty : hostPort.ToString(CultureInfo.InvariantCulture),
    };

    private static long Bytes(int megabytes) => megabytes * 1024L * 1024L;
}
