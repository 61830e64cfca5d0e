using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Packaging.Certificates;

namespace Berth.Packaging.Preload;

/// <summary>What a bundle is served with under the name of a registry. Its key is in memory only, so that it is worth nothing afterwards.</summary>
internal static class BundleCertificate
{
    private const int KeyBits = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    public static X509Certificate2 Create(string name, TimeProvider time)
    {
        using var key = RSA.Create(KeyBits);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        return SelfSignedCertificate.Create(key, name, names, Lifetime, time);
    }
}
