namespace Berth.Packaging.Adapter;

internal sealed record AcceptedCertificate(
    string CertPemString, bool IsInvalidHostnameAccepted = false, bool IsExpiredCertificateAccepted = false);
