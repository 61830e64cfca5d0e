
namespace Berth.Packaging.Doctor;

/// <summary>All that was found out about the registries of a pack.</summary>
/// <param name="Findings">In the order of the checks; those of the push host first.</param>
/// <param name="Authority">The top certificate of a chain that is not trusted everywhere; null when none has to be placed anywhere.</param>
public sealed record RegistryReport(IReadOnlyList<RegistryFinding> Findings, ServedAuthority? Authority)
{
    public FindingOutcome this[RegistryRequirement requirement] => Findings
        .Where(finding => RegistryRequirements.Of(finding.Step) == requirement)
        .Select(finding => finding.Outcome)
        .DefaultIfEmpty(FindingOutcome.Unknown)
        .Max();

    /// <summary>The first failure in the order of the checks; null when there is none.</summary>
    public PackFailure? Failure => Findings.FirstOrDefault(finding => finding.Outcome is FindingOutcome.Failed)?.Failure;

    /// <summary>What has to stop a build now.</summary>
    /// <param name="unverified">The person knows that the pull host cannot be reached from here.</param>
    public IEnumerable<RegistryFinding> Blocking(bool unverified) => Findings.Where(
        finding => finding.Outcome is FindingOutcome.Failed
            && finding.Kind is not FindingKind.RefusedBeforeFirstPush
            && !(unverified && finding.Kind is FindingKind.PullHostUnreachable));
}
