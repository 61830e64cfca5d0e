using System.Security.Cryptography.X509Certificates;

namespace Berth.Packaging.Doctor;

/// <summary>Who signed the certificate of a registry, whether that authority is trusted here, and whether it will be on an appliance.</summary>
internal sealed class CertificateTrust(HostRole role, RegistryCheckOptions options)
{
    private readonly DateTimeOffset _now = options.TimeProvider.GetUtcNow();

    /// <returns>What is to be said, null when the authority is a public one; and the certificate to place, where one has to be.</returns>
    public (CheckResult? Result, ServedAuthority? Authority) Judge(PresentedCertificates presented)
    {
        if (CertificateChain.RootOfSystem(presented, _now) is { } root)
        {
            var house = TrustAnchors.OfMachine(Environment.GetEnvironmentVariable).FirstOrDefault(anchors => anchors.Holds(root));
            return house is null ? (null, null) : KnownHere(root, house.File);
        }

        foreach (var anchors in TrustAnchors.OfRegistry(role, options))
        {
            if (CertificateChain.RootAmong(anchors.Certificates, presented, _now) is { } placed)
                return KnownHere(placed, anchors.File);
        }

        return Unknown(presented.Path());
    }

    private (CheckResult? Result, ServedAuthority? Authority) KnownHere(X509Certificate2 root, string file)
    {
        var authority = Authority(root);
        if (!role.IsPulledFrom)
            return (null, authority);
        return (
            CheckResult.Warning(
                $"the authority '{authority.Subject}' that signed the certificate is trusted on this machine through {file}, and no Cloud Proxy knows it",
                $"on each Cloud Proxy place its certificate at {role.AuthorityFile}, and again after each redeploy of the proxy; {SaveIt}"),
            authority);
    }

    private (CheckResult Result, ServedAuthority Authority) Unknown(IReadOnlyList<X509Certificate2> path)
    {
        var top = path[^1];
        var authority = Authority(top);
        var result = (authority.IsRoot, path.Count) switch
        {
            (true, 1) => CheckResult.Failed($"the certificate '{authority.Subject}' is signed by itself and by no authority", $"{PlaceIt("it")}; {SaveIt}"),
            (true, _) => CheckResult.Failed(
                $"the certificate is signed by the authority '{authority.Subject}', which {WhoDoesNot} trust", $"{PlaceIt("its certificate")}; {SaveIt}"),
            _ => NotSent(top),
        };
        return (result, authority);
    }

    /// <summary>The end of what was sent names somebody whose certificate was not: a public intermediate that is missing, or a private root.</summary>
    private CheckResult NotSent(X509Certificate2 top)
    {
        var issuer = CertificateCheck.Short(top.IssuerName);
        var place = top.Extensions.OfType<X509AuthorityInformationAccessExtension>().FirstOrDefault()
            ?.EnumerateCAIssuersUris().FirstOrDefault();
        var where = place is null ? "from whoever runs the registry" : $"from {Oci.Quote.Short(place)}";
        return CheckResult.Failed(
            $"the certificate '{CertificateCheck.Short(top.SubjectName)}' is signed by '{issuer}', whose certificate the server does not send and which {WhoDoesNot} trust",
            $"have the registry send its whole chain; if '{issuer}' is an authority of your own, get its certificate {where} and {PlaceIt("it")}");
    }

    private string WhoDoesNot => role.IsPulledFrom ? "neither this machine nor a Cloud Proxy has reason to" : "this machine does not";

    private string PlaceIt(string what) => role.IsPulledFrom
        ? $"place {what} at {role.AuthorityFile} on each Cloud Proxy, again after each redeploy of the proxy, and at the same place on this machine"
        : $"place {what} at {role.AuthorityFile} on this machine";

    private string SaveIt => $"'{options.SaveCommand ?? $"mp-build doctor {role.Repository.Name} --save-ca ca.crt"}' writes it to a file";

    private static ServedAuthority Authority(X509Certificate2 certificate) => new(
        certificate.ExportCertificatePem() + "\n",
        CertificateCheck.Short(certificate.SubjectName),
        PresentedCertificates.IsSelfIssued(certificate));
}
