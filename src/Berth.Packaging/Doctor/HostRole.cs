using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>A host with what it is used for, which decides who has to trust it.</summary>
internal sealed record HostRole(RegistryHost Host, bool IsPushedTo, bool IsPulledFrom, Reference Repository)
{
    public PackFailure Failure => IsPushedTo ? PackFailure.Push : PackFailure.Verify;

    public FindingKind Kind => IsPushedTo ? FindingKind.Certain : FindingKind.PullHostUnreachable;

    /// <summary>The name to resolve and to find in the certificate.</summary>
    public string Name => Host.IsDockerHub ? "registry-1.docker.io" : Host.Name.Trim('[', ']');

    /// <summary>As it stands in an address.</summary>
    public string UriHost => Host.IsDockerHub ? "registry-1.docker.io" : Host.Name;

    /// <summary>Where docker on an appliance looks for the authority of this registry.</summary>
    public string AuthorityFile => $"/etc/docker/certs.d/{Host}/ca.crt";

    public string InsecureSetting => $"\"insecure-registries\": [\"{Host}\"] in /etc/docker/daemon.json";
}
