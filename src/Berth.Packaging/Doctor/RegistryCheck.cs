using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>
/// Finds out whether a registry has what management packs need: it is reached over TLS that is trusted, takes a push with a login, and gives a
/// pull without one. Nothing is changed there: an upload is started and cancelled.
/// </summary>
public sealed class RegistryCheck
{
    private readonly RegistryCheckOptions _options;
    private readonly HostRole _push;
    private readonly HostRole _pull;

    public RegistryCheck(RegistryCheckOptions options)
    {
        _options = options;
        var same = options.Push.Registry == options.Pull.Registry;
        _push = new HostRole(options.Push.Registry, IsPushedTo: true, IsPulledFrom: same, same ? options.Pull : options.Push);
        _pull = same ? _push : new HostRole(options.Pull.Registry, IsPushedTo: false, IsPulledFrom: true, options.Pull);
    }

    /// <summary>Never fails by what it finds; ends within about <see cref="RegistryCheckOptions.Timeout"/>.</summary>
    public async Task<RegistryReport> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var probes = new[] { _push, _pull }.Distinct().Select(role => ProbeAsync(role, either.Token, cancellationToken));
        var probed = await Task.WhenAll(probes);
        var (pushHost, pullHost) = (probed[0].State, probed[^1].State);
        var credentials = new WitnessedCredentials(_options.Credentials);
        using var withLogin = new RegistryClient(_push.Host, credentials, _options.ClientOptions());
        var push = await PushAsync(pushHost, withLogin, credentials, either.Token, cancellationToken);
        var pull = await PullAsync(pushHost, pullHost, withLogin, either.Token, cancellationToken);
        return new RegistryReport([.. probed.SelectMany(probe => probe.Findings), push, pull], pullHost.Authority ?? pushHost.Authority);
    }

    private async Task<(IReadOnlyList<RegistryFinding> Findings, HostState State)> ProbeAsync(
        HostRole role, CancellationToken cancellationToken, CancellationToken caller)
    {
        var findings = new HostFindings(role.Host, role.Failure, role.Kind);
        var state = await new HostProbe(role, _options, findings).RunAsync(cancellationToken, caller);
        return (findings.All, state);
    }

    private async Task<RegistryFinding> PushAsync(
        HostState host, RegistryClient registry, WitnessedCredentials credentials, CancellationToken cancellationToken, CancellationToken caller)
    {
        var check = new PushCheck(_options.Push, registry, credentials, _options);
        var result = host switch
        {
            { Obstacle: { } obstacle } => CheckResult.Unknown(obstacle),
            { IsTrusted: false } => CheckResult.Unknown("not known, because no login is sent over a connection that is not trusted"),
            _ => await BoundedAsync(() => check.RunAsync(cancellationToken), caller),
        };
        return new RegistryFinding(RegistryCheckStep.Push, _push.Host, result.Outcome, result.Text, result.Fix, PackFailure.Push);
    }

    private async Task<RegistryFinding> PullAsync(
        HostState pushHost, HostState pullHost, RegistryClient withLogin, CancellationToken cancellationToken, CancellationToken caller)
    {
        // Nothing secret is sent, so that a certificate that is not trusted keeps nobody from looking.
        using var anonymous = new RegistryClient(_pull.Host, AnonymousCredentialSource.Instance, _options.ClientOptions(pullHost.IsTrusted ? [] : [_pull.Host]));
        var check = new PullCheck(
            _options.Pull, anonymous, _options.Push, pushHost is { Obstacle: null, IsTrusted: true } ? withLogin : null, pullHost.WantsBasic);
        var result = pullHost.Obstacle is { } obstacle
            ? CheckResult.Unknown(obstacle)
            : await BoundedAsync(() => check.RunAsync(cancellationToken), caller);
        return new RegistryFinding(RegistryCheckStep.Pull, _pull.Host, result.Outcome, result.Text, result.Fix, PackFailure.Verify) { Kind = check.Kind };
    }

    private async Task<CheckResult> BoundedAsync(Func<Task<CheckResult>> check, CancellationToken caller)
    {
        try
        {
            return await check();
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return CheckResult.TookTooLong(_options.Timeout);
        }
    }
}
