using System.Net;

namespace Berth.Oci.Client;

public sealed record RegistryClientOptions
{
    /// <summary>For name resolution, TCP and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the peer may be silent, before its answer and inside it. A transfer that moves has no time limit.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Registries that may speak plain HTTP and whose certificates are not checked: docker's <c>insecure-registries</c>.</summary>
    public IReadOnlyCollection<RegistryHost> InsecureHosts { get; init; } = [];

    /// <summary>A PEM file with authorities that are trusted beside those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where docker looks for the authorities of a registry: <c>DIRECTORY/host[:port]/*.crt</c>. They are trusted here too.</summary>
    public string CertificateDirectory { get; init; } = "/etc/docker/certs.d";

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Opens the connections; null lets the system resolve the name and connect.</summary>
    internal Func<DnsEndPoint, CancellationToken, ValueTask<Stream>>? Connect { get; init; }

    /// <summary>Whether a host was named as insecure, or is this machine, which needs no protection from the network between.</summary>
    internal bool MayBePlain(RegistryHost host) => host.IsLoopback || InsecureHosts.Contains(host);
}
