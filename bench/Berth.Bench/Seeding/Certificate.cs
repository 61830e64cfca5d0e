using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Bench.Servers;

namespace Berth.Bench.Seeding;

/// <summary>One certificate for all servers (ECDSA on P-256).</summary>
internal static class Certificate
{
    public const string Subject = "CN=localhost";

    public static TlsFiles Make(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var files = new TlsFiles(Path.Combine(directory, "tls.crt"), Path.Combine(directory, "tls.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
