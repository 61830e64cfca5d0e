using System.Net;
using Berth.Oci;

namespace Berth.Packaging.Preload;

/// <summary>Where an engine looks for a registry when its name leads to this machine.</summary>
/// <param name="Address">Given by the name itself, and taken with plain HTTP; null: a loopback address that the name has to be led to, with TLS.</param>
internal sealed record RegistryPlace(string Name, IPAddress? Address, int Port)
{
    // Engines try TLS first, and where no port is written plain HTTP is at another one.
    private const int PlainPort = 80;
    private const int TlsPort = 443;

    /// <exception cref="PreloadException">Nothing here can stand in for it.</exception>
    public static RegistryPlace Of(RegistryHost host)
    {
        if (host.IsDockerHub)
            throw new PreloadException(
                PreloadFailure.Name,
                $"The pak names an image of Docker Hub, which engines take from nowhere else. {Retarget}");
        if (!IPAddress.TryParse(host.Name.AsSpan().Trim("[]"), out var address))
            return new RegistryPlace(host.Name, null, host.Port ?? TlsPort);
        return IPAddress.IsLoopback(address)
            ? new RegistryPlace(host.Name, address, host.Port ?? PlainPort)
            : throw new PreloadException(
                PreloadFailure.Name,
                $"The pak names its registry by the address {host.Name}, which cannot be led here as a name can. {Retarget}");
    }

    private const string Retarget =
        "Give the pak a registry with a name (mp-build retarget PAK --registry NAME), or import the bundle into a registry at that place (berth import).";
}
