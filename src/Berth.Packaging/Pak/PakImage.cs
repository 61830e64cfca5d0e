using Berth.Oci;

namespace Berth.Packaging.Pak;

/// <summary>The image that a pak needs.</summary>
internal static class PakImage
{
    /// <returns>What a Cloud Proxy pulls for the pak.</returns>
    /// <exception cref="PakException">The pak cannot be read, or names no registry and there is no default.</exception>
    public static async Task<Reference> ReadAsync(string pak, RegistryHost? defaultRegistry, CancellationToken cancellationToken)
    {
        var conf = await PakReader.ReadConfAsync(pak, cancellationToken);
        var host = conf.Registry ?? defaultRegistry ?? throw new PakException(
            $"{pak}: names no registry, so a Cloud Proxy takes the default one of its platform. Name that with --default-registry HOST.");
        return new Reference(host, conf.Repository, Tag: null, conf.Digest);
    }
}
