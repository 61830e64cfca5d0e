using System.Net;
using Berth.Oci;

namespace Berth.Packaging.Preload;

/// <summary>Where an engine looks for a registry when its name leads to this machine.</summary>
/// <param name="Address">Given by the name itself; null: a loopback address that the hosts file has to lead to.</param>
/// <param name="Port">
/// Engines try TLS first and then plain HTTP, which is at port 80 where none is written.
/// </param>
internal sealed record RegistryPlace(string Name, IPAddress? Address, int Port)
{
    private const int PlainPort = 80;

    /// <exception cref="PreloadException">Engines do not take plain HTTP from it, whatever it leads to.</exception>
    public static RegistryPlace Of(RegistryHost host)
    {
        var port = host.Port ?? PlainPort;
        if (host.Name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return new RegistryPlace(host.Name, IPAddress.Loopback, port);
        if (host.IsDockerHub)
            throw new PreloadException(
                PreloadFailure.Name,
                $"The pak names an image of Docker Hub, which engines take from nowhere else. {Retarget}");
        if (!IPAddress.TryParse(host.Name.AsSpan().Trim("[]"), out var address))
            return new RegistryPlace(host.Name, null, port);
        return IPAddress.IsLoopback(address)
            ? new RegistryPlace(host.Name, address, port)
            : throw new PreloadException(
                PreloadFailure.Name,
                $"The pak names its registry by the address {host.Name}, for which an engine wants TLS and no name can be led here. {Retarget}");
    }

    private const string Retarget =
        "Give the pak a registry with a name (mp-build retarget PAK --registry NAME), or import the bundle into a registry at that place (berth import).";
}
