namespace Berth.Packaging.Doctor;

/// <summary>What is wrong with a server's certificate, all at once; or one result that says that nothing is.</summary>
/// <param name="Authority">What an appliance would have to be given; null when it needs nothing.</param>
internal sealed record CertificateVerdict(IReadOnlyList<CheckResult> Results, ServedAuthority? Authority);
