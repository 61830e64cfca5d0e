using Berth.Oci;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Doctor;

/// <summary>Which pak to check, and with what.</summary>
/// <param name="Pak">Path of the pak.</param>
public sealed record PakCheckOptions(string Pak)
{
    /// <summary>The registry of a pak that names none; null: such a pak is refused.</summary>
    public RegistryHost? DefaultRegistry { get; init; }

    /// <summary>Where docker looks for the authorities of a registry.</summary>
    public string CertificateDirectory { get; init; } = "/etc/docker/certs.d";

    /// <summary>For all that is asked of the registry, and then for all that is asked of the engine.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>That the pak can be read, before it goes anywhere.</summary>
    /// <exception cref="PakException">It cannot be read, or names no registry and there is no default.</exception>
    public async Task RequirePakAsync(CancellationToken cancellationToken) => await ReadImageAsync(cancellationToken);

    /// <returns>What a Cloud Proxy pulls for the pak.</returns>
    /// <exception cref="PakException">The pak cannot be read, or names no registry and there is no default.</exception>
    internal Task<Reference> ReadImageAsync(CancellationToken cancellationToken) => PakImage.ReadAsync(Pak, DefaultRegistry, cancellationToken);

    internal RegistryCheckOptions ForRegistry(Reference image) => new(image, image)
    {
        CertificateDirectory = CertificateDirectory,
        Timeout = Timeout,
        TimeProvider = TimeProvider,
        SaveCommand = $"mp-install doctor {Path.GetFileName(Pak)} --save-ca ca.crt",
    };
}
