using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>A certificate authority that nobody knows: its root, and what it issues, in the form that servers take.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Name = "Berth house authority";

    private readonly X509Certificate2 _certificate;

    public TestAuthority()
        : this(SelfSigned())
    {
    }

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>An authority that this one vouches for.</summary>
    public TestAuthority Intermediate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Authority(name, key).Create(_certificate, Now.AddDays(-40), Now.AddDays(300), RandomNumberGenerator.GetBytes(8));
        return new TestAuthority(issued.CopyWithPrivateKey(key));
    }

    /// <param name="name">For the subject alternative name; null: it has none, and the common name alone is 127.0.0.1.</param>
    /// <param name="ends">From now.</param>
    /// <param name="place">Where it says that its issuer's certificate is.</param>
    public ServerCertificate Issue(string? name, TimeSpan? ends = null, TimeSpan? starts = null, string? place = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Server(name, key);
        if (place is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [place]));
        using var issued = request.Create(
            _certificate, Now + (starts ?? TimeSpan.FromDays(-30)), Now + (ends ?? TimeSpan.FromDays(90)), RandomNumberGenerator.GetBytes(8));
        return new ServerCertificate(issued.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A certificate that no authority signed.</summary>
    public static ServerCertificate SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Server(name, key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(90));
        return new ServerCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Authority(Name, key).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}, O=House", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request;
    }

    private static CertificateRequest Server(string? name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name ?? "127.0.0.1"}", key, HashAlgorithmName.SHA256);
        if (name is null)
            return request;
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}

/// <summary>A server's certificate and key, both PEM.</summary>
internal sealed record ServerCertificate(string Certificate, string Key)
{
    /// <summary>With more certificates behind it, for the server to send.</summary>
    public ServerCertificate With(params string[] more) => this with { Certificate = Certificate + string.Concat(more) };
}
