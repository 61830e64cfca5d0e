using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Doctor;

/// <summary>Whether a chain leads to somebody who is trusted, times apart.</summary>
internal static class CertificateChain
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The authority at the end of the chain; null when the system trusts none that it leads to.</summary>
    public static X509Certificate2? RootOfSystem(PresentedCertificates presented, DateTimeOffset now) => Root(presented, now, null);

    /// <summary>The same with these authorities and no others.</summary>
    public static X509Certificate2? RootAmong(X509Certificate2Collection authorities, PresentedCertificates presented, DateTimeOffset now) =>
        authorities.Count == 0 ? null : Root(presented, now, authorities);

    private static X509Certificate2? Root(PresentedCertificates presented, DateTimeOffset now, X509Certificate2Collection? authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // What has expired is told by its date, and is no reason to call its authority unknown.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(presented.Sent);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return chain.Build(presented.Leaf) ? X509CertificateLoader.LoadCertificate(chain.ChainElements[^1].Certificate.RawData) : null;
    }
}
