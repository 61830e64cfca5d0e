using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>What to check, and with what.</summary>
/// <param name="Push">The repository that is pushed to.</param>
/// <param name="Pull">The repository that the appliance pulls from; often the same.</param>
public sealed record RegistryCheckOptions(Reference Push, Reference Pull)
{
    /// <summary>Where the login to push comes from.</summary>
    public ICredentialSource Credentials { get; init; } = new DockerCredentialSource();

    /// <summary>Files in which a stored login was looked for, for messages.</summary>
    public IReadOnlyList<string> LoginFiles { get; init; } = DockerCredentialOptions.FromEnvironment(Environment.GetEnvironmentVariable).Files;

    public IReadOnlyCollection<RegistryHost> InsecureHosts { get; init; } = [];

    /// <summary>A PEM file with authorities that are trusted beside those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where docker looks for the authorities of a registry.</summary>
    public string CertificateDirectory { get; init; } = "/etc/docker/certs.d";

    /// <summary>For all checks of a host together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A command that writes the certificate of an authority to a file, for messages; null: that of mp-build.</summary>
    public string? SaveCommand { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal bool IsInsecure(RegistryHost host) => InsecureHosts.Contains(host);

    internal bool MayBePlain(RegistryHost host) => host.IsLoopback || IsInsecure(host);

    internal RegistryClientOptions ClientOptions(params IReadOnlyCollection<RegistryHost> alsoInsecure) => new()
    {
        InsecureHosts = [.. InsecureHosts, .. alsoInsecure],
        CaFile = CaFile,
        CertificateDirectory = CertificateDirectory,
        ConnectTimeout = ConnectTimeout,
        StallTimeout = Timeout,
        TimeProvider = TimeProvider,
    };
}
