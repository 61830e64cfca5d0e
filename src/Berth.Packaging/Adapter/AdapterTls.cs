using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Berth.Packaging.Certificates;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Adapter;

/// <summary>The key pair that an adapter serves TLS with: made for one container, and the only certificate accepted from it.</summary>
internal sealed class AdapterTls : IDisposable
{
    public const string CertificatePath = "/etc/ssl/certs/dockerized.crt";
    public const string KeyPath = "/etc/ssl/certs/dockerized.key";

    // The adapter need not run as root, and the container holds nothing but the adapter.
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // RSA, since every TLS library of every base image takes it.
    private const int KeyBits = 2048;

    // The container's clock is this machine's.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly string _keyPem;

    private AdapterTls(X509Certificate2 certificate, string keyPem)
    {
        Certificate = certificate;
        _keyPem = keyPem;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The pair as PEM files at the paths where an adapter looks for it.</summary>
    public IReadOnlyList<ContainerFile> Files =>
    [
        new(CertificatePath, Encoding.ASCII.GetBytes(Certificate.ExportCertificatePem() + "\n"), ReadableByAll),
        new(KeyPath, Encoding.ASCII.GetBytes(_keyPem + "\n"), ReadableByAll),
    ];

    /// <param name="name">The container's name; it becomes the subject.</param>
    public static AdapterTls Create(string name, TimeProvider time)
    {
        using var key = RSA.Create(KeyBits);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        return new AdapterTls(SelfSignedCertificate.Create(key, name, names, Lifetime, time), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => Certificate.Dispose();
}
