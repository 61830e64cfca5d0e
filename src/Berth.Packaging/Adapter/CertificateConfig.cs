namespace Berth.Packaging.Adapter;

/// <summary>The certificates of the monitored endpoints that an administrator has accepted.</summary>
internal sealed record CertificateConfig
{
    public IReadOnlyList<AcceptedCertificate> Certificates { get; set; } = [];
}
