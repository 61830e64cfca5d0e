using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Preload;

/// <summary>Which image to preload, and where it comes from.</summary>
/// <param name="Pak">Path of the pak.</param>
public sealed record PreloadOptions(string Pak)
{
    /// <summary>The registry of a pak that names none; null: such a pak is refused.</summary>
    public RegistryHost? DefaultRegistry { get; init; }

    /// <summary>Whom to ask for a login for the one pull.</summary>
    public ICredentialSource Credentials { get; init; } = AnonymousCredentialSource.Instance;

    /// <summary>Bundles to take the image from; none: it is pulled from its registry.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>Path of the public key that the bundles have to be signed with; null: whatever they are signed with is taken.</summary>
    public string? Key { get; init; }

    /// <returns>What a Cloud Proxy pulls for the pak.</returns>
    /// <exception cref="PakException">The pak cannot be read, or names no registry and there is no default.</exception>
    public Task<Reference> ReadImageAsync(CancellationToken cancellationToken) => PakImage.ReadAsync(Pak, DefaultRegistry, cancellationToken);

    /// <summary>Where names of hosts are read from first, by the engine too.</summary>
    public string HostsFile { get; init; } = "/etc/hosts";

    /// <summary>Where the engine looks for certificates to trust.</summary>
    public string TrustDirectory { get; init; } = "/etc/docker/certs.d";
}
