using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>Finds out, from this host, whether the image that a pak names can be pulled as a Cloud Proxy does it. Nothing is pulled.</summary>
public sealed class PakCheck(PakCheckOptions options)
{
    /// <summary>Never fails by what it finds about the registry and the engine.</summary>
    /// <exception cref="Pak.PakException">The pak cannot be read, or names no registry.</exception>
    public async Task<PakReport> RunAsync(CancellationToken cancellationToken)
    {
        var image = await options.ReadImageAsync(cancellationToken);
        var findings = new List<PakFinding> { new("pak", FindingOutcome.Passed, $"needs {image}") };
        var authority = await AskRegistryAsync(image, findings, cancellationToken);
        findings.AddRange(await new EngineCheck(image, options).RunAsync(cancellationToken));
        return new PakReport(image, findings, authority);
    }

    private async Task<ServedAuthority?> AskRegistryAsync(Reference image, List<PakFinding> findings, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var check = options.ForRegistry(image);
        var role = new HostRole(image.Registry, IsPushedTo: false, IsPulledFrom: true, image);
        var host = new HostFindings(image.Registry, role.Failure, FindingKind.Certain);
        var state = await new HostProbe(role, check, host).RunAsync(either.Token, cancellationToken);
        findings.AddRange(host.All.Select(found => new PakFinding(found.Step.Name(), found.Outcome, found.Text, found.Fix)));
        // Nothing secret is sent, so that a certificate that is not trusted keeps nobody from looking.
        using var registry = new RegistryClient(
            image.Registry, AnonymousCredentialSource.Instance, check.ClientOptions(state.IsTrusted ? [] : [image.Registry]));
        findings.AddRange(await new PakImageCheck(image, registry, state).RunAsync(options.Timeout, either.Token, cancellationToken));
        findings.Add(PakFinding.Of("clock", ClockCheck.Judge(state)));
        return state.Authority;
    }
}
