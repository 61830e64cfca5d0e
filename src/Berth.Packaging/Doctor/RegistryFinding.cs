using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>One thing that was found out about a registry.</summary>
/// <param name="Text">One line, without the host.</param>
/// <param name="Fix">What to do, one line; null where there is nothing to do.</param>
/// <param name="Failure">What a build that fails by it fails with.</param>
public sealed record RegistryFinding(
    RegistryCheckStep Step, RegistryHost Host, FindingOutcome Outcome, string Text, string? Fix, PackFailure Failure)
{
    public FindingKind Kind { get; init; }

    /// <summary>Host, finding and fix in one line.</summary>
    public string Line => Fix is null ? $"{Host}: {Text}" : $"{Host}: {Text}; fix: {Fix}";
}
