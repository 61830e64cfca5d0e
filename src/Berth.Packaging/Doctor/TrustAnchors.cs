using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Doctor;

/// <summary>Files of this machine that make it trust authorities which other machines know nothing of.</summary>
/// <param name="File">Where they stand.</param>
internal sealed record TrustAnchors(string File, X509Certificate2Collection Certificates)
{
    /// <summary>A file with more is the list of all public authorities, and not what somebody placed.</summary>
    private const int MostPlaced = 20;

    private const long LongestFile = 1024 * 1024;

    /// <summary>Where the distributions have an administrator put authorities of the house.</summary>
    private static readonly string[] PlacesOfAdministrators =
        ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors", "/etc/pki/trust/anchors", "/etc/ca-certificates/trust-source/anchors"];

    /// <summary>What the client trusts for this registry beside the system's authorities.</summary>
    public static IEnumerable<TrustAnchors> OfRegistry(HostRole role, RegistryCheckOptions options)
    {
        var given = options.CaFile is null ? [] : new[] { options.CaFile };
        return given.Concat(Files(Path.Combine(options.CertificateDirectory, role.Host.ToString()))).Select(Read).OfType<TrustAnchors>();
    }

    /// <summary>What makes the system trust more than the public authorities.</summary>
    public static IEnumerable<TrustAnchors> OfMachine(Func<string, string?> variable)
    {
        var named = variable("SSL_CERT_FILE") is { Length: > 0 } file ? new[] { file } : [];
        return named.Concat(PlacesOfAdministrators.SelectMany(Files)).Select(Read).OfType<TrustAnchors>()
            .Where(anchors => anchors.Certificates.Count <= MostPlaced);
    }

    public bool Holds(X509Certificate2 certificate) =>
        Certificates.Any(one => one.RawData.AsSpan().SequenceEqual(certificate.RawData));

    private static IEnumerable<string> Files(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory, "*.*").Where(file => Path.GetExtension(file) is ".crt" or ".pem" or ".cer").Order(StringComparer.Ordinal)
        : [];

    /// <summary>What cannot be read makes nobody trusted; the client that needs it says why.</summary>
    private static TrustAnchors? Read(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LongestFile)
                return null;
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return new TrustAnchors(file, certificates);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
