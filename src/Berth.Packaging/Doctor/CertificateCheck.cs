using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Whether docker on a Cloud Proxy will take the certificate of a registry: its names, its time, and who signed it.</summary>
internal sealed class CertificateCheck(HostRole role, RegistryCheckOptions options)
{
    private const int MostNames = 6;
    private static readonly TimeSpan SoonEnding = TimeSpan.FromDays(14);

    private readonly DateTimeOffset _now = options.TimeProvider.GetUtcNow();

    public CertificateVerdict Judge(PresentedCertificates presented)
    {
        var (trust, authority) = new CertificateTrust(role, options).Judge(presented);
        var results = new[] { Names(presented.Leaf), trust }.Concat(presented.Path().Select(Time)).OfType<CheckResult>().ToList();
        if (results.Count == 0)
            results.Add(CheckResult.Passed(
                $"for '{role.Name}', signed by '{Short(presented.Leaf.IssuerName)}', valid to {Date(presented.Leaf.NotAfter)}"));
        return new CertificateVerdict(results, authority);
    }

    /// <summary>The common name where there is one, which is how people speak of an authority.</summary>
    public static string Short(X500DistinguishedName name)
    {
        var common = name.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.3");
        return Quote.Short(common?.GetSingleElementValue() ?? name.Name);
    }

    private CheckResult? Names(X509Certificate2 leaf)
    {
        if (leaf.MatchesHostname(role.Name, allowWildcards: true, allowCommonName: false))
            return null;
        var alternatives = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternatives is null
            ? []
            : alternatives.EnumerateDnsNames().Concat(alternatives.EnumerateIPAddresses().Select(ip => ip.ToString())).ToList();
        var fix = $"have one issued with a subject alternative name for exactly '{role.Name}', or use a name that it has";
        return names.Count > 0
            ? CheckResult.Failed($"the certificate is not for '{role.Name}': it is for {Quote.Short(string.Join(", ", names.Take(MostNames)))}", fix)
            : CheckResult.Failed(
                $"the certificate has no subject alternative name ({Short(leaf.SubjectName)} stands in its common name only, which docker does not look at)",
                fix);
    }

    private CheckResult? Time(X509Certificate2 certificate)
    {
        var what = $"the certificate '{Short(certificate.SubjectName)}'";
        if (_now.UtcDateTime > certificate.NotAfter.ToUniversalTime())
            return CheckResult.Failed($"{what} expired on {Date(certificate.NotAfter)}", "renew it on the registry; if that is in the future, set this machine's clock");
        if (_now.UtcDateTime < certificate.NotBefore.ToUniversalTime())
            return CheckResult.Failed($"{what} is valid only from {Date(certificate.NotBefore)} on", "set the clock of this machine or of the one that issued it");
        return certificate.NotAfter.ToUniversalTime() - _now.UtcDateTime < SoonEnding
            ? CheckResult.Warning($"{what} expires on {Date(certificate.NotAfter)}", "renew it before: no Cloud Proxy could pull after that")
            : null;
    }

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
