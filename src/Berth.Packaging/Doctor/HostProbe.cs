namespace Berth.Packaging.Doctor;

/// <summary>Finds out about a host what does not depend on any repository: name, connection, certificate, and whether it is a registry.</summary>
internal sealed class HostProbe(HostRole role, RegistryCheckOptions options, HostFindings findings)
{
    private ServedAuthority? _authority;
    private bool _trusted;
    private bool _wantsBasic;
    private TimeSpan? _clockAhead;

    public async Task<HostState> RunAsync(CancellationToken cancellationToken, CancellationToken caller)
    {
        try
        {
            if (await FindAsync(cancellationToken) is { } port)
                await AskAsync(port, cancellationToken);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            findings.BreakOff(CheckResult.TookTooLong(options.Timeout));
        }

        findings.Close();
        return new HostState(findings.IsRegistry ? null : findings.Obstacle, _trusted, _wantsBasic, _authority) { ClockAhead = _clockAhead };
    }

    /// <returns>The port to ask at; null when there is none.</returns>
    private async Task<int?> FindAsync(CancellationToken cancellationToken)
    {
        var name = new NameCheck(role);
        var resolved = await name.RunAsync(cancellationToken);
        if (EnvironmentProxy.For(role) is { } proxy)
        {
            findings.Add(RegistryCheckStep.Name, resolved.Outcome is FindingOutcome.Failed ? Leave(resolved, proxy) : resolved);
            findings.Add(RegistryCheckStep.Connection, CheckResult.Passed($"through the proxy {proxy.Authority} of the environment"));
            return role.Host.Port ?? 443;
        }

        findings.Add(RegistryCheckStep.Name, resolved);
        if (resolved.Outcome is FindingOutcome.Failed)
            return null;
        var connection = new ConnectionCheck(role, options);
        findings.Add(RegistryCheckStep.Connection, await connection.RunAsync(name.Addresses, cancellationToken));
        return connection.Port is > 0 and var port ? port : null;
    }

    private static CheckResult Leave(CheckResult failed, Uri proxy) => CheckResult.Warning(
        failed.Text, $"the proxy {proxy.Authority} is left to resolve it; a Cloud Proxy may have none");

    private async Task AskAsync(int port, CancellationToken cancellationToken)
    {
        using var probe = new ServerProbe(EnvironmentProxy.For(role) is not null, options.ConnectTimeout);
        var secure = await probe.AskAsync(Address("https", port), cancellationToken);
        if (secure.Certificates is { } presented)
        {
            Add(new CertificateCheck(role, options).Judge(presented));
            Registry(secure);
            return;
        }

        var plain = await probe.AskAsync(Address("http", port), cancellationToken);
        findings.Add(RegistryCheckStep.Certificate, new PlainCheck(role, options).Judge(secure, plain));
        _trusted = options.MayBePlain(role.Host);
        if (plain.Status is not null)
            Registry(plain);
    }

    private void Add(CertificateVerdict verdict)
    {
        var ignored = options.IsInsecure(role.Host);
        foreach (var result in verdict.Results)
            findings.Add(RegistryCheckStep.Certificate, ignored ? PlainCheck.Ignored(result, role) : result);
        _trusted = !findings.Failed(RegistryCheckStep.Certificate);
        _authority = verdict.Authority;
    }

    private void Registry(ServerAnswer answer)
    {
        findings.Add(RegistryCheckStep.Registry, VersionCheck.Judge(answer));
        _wantsBasic = VersionCheck.WantsBasic(answer);
        _clockAhead = options.TimeProvider.GetUtcNow() - answer.Date;
    }

    private Uri Address(string scheme, int port) => new($"{scheme}://{role.UriHost}:{port}/v2/");
}
