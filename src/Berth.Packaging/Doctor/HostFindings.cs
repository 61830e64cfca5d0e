using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Takes down what is found out about a host, step by step.</summary>
/// <param name="failure">What a build fails with when the host itself is not fit.</param>
/// <param name="kind">The same, for what may be done about it.</param>
internal sealed class HostFindings(RegistryHost host, PackFailure failure, FindingKind kind)
{
    private const RegistryCheckStep Last = RegistryCheckStep.Registry;

    private const string Unverified = "; if the appliance reaches it and this machine need not, build with --unverified";

    private readonly List<RegistryFinding> _findings = [];

    public IReadOnlyList<RegistryFinding> All => _findings;

    /// <summary>The first failure, as what the later steps could not be found out for; null when there is none.</summary>
    public string? Obstacle => _findings.FirstOrDefault(finding => finding.Outcome is FindingOutcome.Failed) is { } first
        ? $"not known, because the {first.Step.Name()} check failed"
        : null;

    public bool IsRegistry => _findings.Any(finding => finding is { Step: Last, Outcome: FindingOutcome.Passed });

    public bool Failed(RegistryCheckStep step) =>
        _findings.Any(finding => finding.Step == step && finding.Outcome is FindingOutcome.Failed);

    public void Add(RegistryCheckStep step, CheckResult result)
    {
        var certainty = result.Outcome is FindingOutcome.Failed ? kind : FindingKind.Certain;
        var fix = certainty is FindingKind.PullHostUnreachable ? $"{result.Fix}{Unverified}" : result.Fix;
        _findings.Add(new RegistryFinding(step, host, result.Outcome, result.Text, fix, failure) { Kind = certainty });
    }

    /// <summary>Blames the first step that has no finding for a check that did not end, or goes on for ever.</summary>
    public void BreakOff(CheckResult result) => Add(Next, result);

    /// <summary>Marks what was not come to.</summary>
    public void Close()
    {
        for (var step = Next; step <= Last; step++)
            Add(step, CheckResult.Unknown(Obstacle ?? "not checked"));
    }

    private RegistryCheckStep Next => _findings.Count == 0 ? RegistryCheckStep.Name : _findings[^1].Step + 1;
}
