using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>All that was found out about a pak.</summary>
/// <param name="Image">What a Cloud Proxy pulls.</param>
/// <param name="Findings">In the order of the checks.</param>
/// <param name="Authority">The top certificate of a chain that is not trusted everywhere; null when none has to be placed anywhere.</param>
public sealed record PakReport(Reference Image, IReadOnlyList<PakFinding> Findings, ServedAuthority? Authority = null)
{
    public bool IsGood => Findings.All(finding => finding.Outcome is not FindingOutcome.Failed);
}
