using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Oci.Client;

/// <summary>Decides which server certificates are trusted, and keeps the reason where one is not.</summary>
internal sealed class ServerCertificates(RegistryHost registry, RegistryClientOptions options)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<X509Certificate2Collection> _authorities = new(() => ReadAuthorities(registry, options));

    private string FileToPlace => Path.Combine(options.CertificateDirectory, registry.ToString(), "ca.crt");

    /// <summary>Why the certificate of this host was refused; null when it was not.</summary>
    public string? ProblemOf(Uri uri) => _problems.GetValueOrDefault(uri.IdnHost);

    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var name = ((SslStream)sender).TargetHostName;
        var trusted = errors is SslPolicyErrors.None || IsInsecure(name);
        var problem = trusted ? null : Problem(name, certificate as X509Certificate2, chain, errors);
        if (problem is null)
            _problems.TryRemove(name, out _);
        else
            _problems[name] = problem;
        return problem is null;
    }

    private bool IsInsecure(string name) =>
        options.InsecureHosts.Any(host => host.Name.AsSpan().Trim("[]").Equals(name, StringComparison.OrdinalIgnoreCase));

    private string? Problem(string name, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null)
            return $"{name} presents no certificate: is that the port of a registry?";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the certificate of {name} is for {Names(certificate)}: it needs a subject alternative name for exactly '{name}'";
        return ChainProblem(name, certificate, chain);
    }

    private string? ChainProblem(string name, X509Certificate2 certificate, X509Chain presented)
    {
        X509Certificate2Collection authorities;
        try
        {
            authorities = _authorities.Value;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return $"the authorities to trust for {name} cannot be read: {e.Message}";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (authorities.Count > 0 && chain.Build(certificate))
            return null;
        if (presented.ChainStatus.Concat(chain.ChainStatus).Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)))
            return $"the certificate of {name} is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}: "
                + "renew it, or set this machine's clock";
        return $"the certificate of {name} is signed by an authority that this machine does not trust ({Quote.Short(certificate.Issuer)}): "
            + $"place that authority's certificate at {FileToPlace}";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternatives is null
            ? []
            : alternatives.EnumerateDnsNames().Concat(alternatives.EnumerateIPAddresses().Select(ip => ip.ToString())).Take(4).ToList();
        return names.Count == 0 ? "no name at all" : Quote.Short(string.Join(", ", names));
    }

    private static X509Certificate2Collection ReadAuthorities(RegistryHost registry, RegistryClientOptions options)
    {
        var directory = Path.Combine(options.CertificateDirectory, registry.ToString());
        IEnumerable<string> given = options.CaFile is null ? [] : [options.CaFile];
        IEnumerable<string> placed = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.crt").Order(StringComparer.Ordinal)
            : [];
        var authorities = new X509Certificate2Collection();
        foreach (var file in given.Concat(placed))
        {
            var before = authorities.Count;
            authorities.ImportFromPemFile(file);
            if (authorities.Count == before)
                throw new InvalidDataException($"{file} has no certificate in PEM form");
        }

        return authorities;
    }
}
