using System.Runtime.InteropServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Platform = Berth.Oci.Platform;
using Version = System.Version;

namespace Berth.Packaging.Engine;

/// <summary>Finds out what engine answers, and settles on a version of its API.</summary>
internal static class EngineProbe
{
    /// <summary>The newest version whose answers are known here.</summary>
    private static readonly Version Newest = new(1, 52);

    /// <summary>Docker Engine 20.10 and podman 4. The first with platforms in image answers is older still.</summary>
    private static readonly Version Oldest = new(1, 40);

    public static async Task<EngineInfo> AskAsync(DockerClient probe, EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        var version = await probe.System.GetVersionAsync(cancellationToken);
        var api = Negotiate(version.APIVersion, version.MinAPIVersion, endpoint);
        var system = await probe.System.GetSystemInfoAsync(cancellationToken);
        var podman = version.Components?.Any(part => part.Name.Contains("podman", StringComparison.OrdinalIgnoreCase)) == true;
        return new EngineInfo(
            podman ? "podman" : "Docker Engine",
            OneLine.Of(version.Version, 40),
            api,
            new Platform(version.Os, version.Arch),
            SharesHostNetwork(endpoint, system),
            PullsAnonymously: !podman);
    }

    /// <summary>The newest version that both sides know.</summary>
    /// <remarks>An engine refuses versions that are newer than itself or older than its minimum.</remarks>
    internal static Version Negotiate(string? newest, string? oldest, EngineEndpoint endpoint)
    {
        if (!Version.TryParse(newest, out var theirs))
            throw new EngineException(
                EngineFailure.Version, $"What answers at {endpoint} is no container engine: it names no API version.");
        if (theirs < Oldest)
            throw new EngineException(
                EngineFailure.Version,
                $"The container engine at {endpoint} is too old: its API is {theirs}, at least {Oldest} (Docker 19.03) is needed.");
        if (Version.TryParse(oldest, out var minimum) && minimum > Newest)
            return minimum;
        return theirs < Newest ? theirs : Newest;
    }

    private static bool SharesHostNetwork(EngineEndpoint endpoint, SystemInfoResponse system) =>
        endpoint.IsUnixSocket
        && RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        && system.SecurityOptions?.Any(option => option.Contains("name=rootless", StringComparison.Ordinal)) != true
        && system.OperatingSystem?.Contains("Docker Desktop", StringComparison.Ordinal) != true;
}
