using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Certificates;

/// <summary>Certificates of servers that live for one run, each its own authority: whoever is to trust one is given that one (RFC 5280).</summary>
internal static class SelfSignedCertificate
{
    private const int LongestCommonName = 64;

    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    // A clock that is set back meanwhile, and two machines that do not agree.
    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    /// <param name="name">Becomes the subject, as far as it fits.</param>
    /// <param name="names">What the server is reached as.</param>
    /// <param name="lifetime">From now.</param>
    public static X509Certificate2 Create(RSA key, string name, SubjectAlternativeNameBuilder names, TimeSpan lifetime, TimeProvider time)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.Length > LongestCommonName ? name[..LongestCommonName] : name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        const X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment;
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now - Before, now + lifetime);
    }
}
