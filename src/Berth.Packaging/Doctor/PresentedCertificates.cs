using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Doctor;

/// <summary>What a server presented in the TLS handshake.</summary>
/// <param name="Leaf">Its own certificate.</param>
/// <param name="Sent">All that it sent, in no order that counts.</param>
internal sealed record PresentedCertificates(X509Certificate2 Leaf, X509Certificate2Collection Sent)
{
    /// <summary>From the server's own certificate upwards, as far as the sent ones reach.</summary>
    public IReadOnlyList<X509Certificate2> Path()
    {
        var path = new List<X509Certificate2> { Leaf };
        while (!IsSelfIssued(path[^1]) && path.Count <= Sent.Count && Issuer(path[^1]) is { } issuer)
            path.Add(issuer);
        return path;
    }

    public static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private X509Certificate2? Issuer(X509Certificate2 certificate) => Sent.FirstOrDefault(
        one => one.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData));
}
