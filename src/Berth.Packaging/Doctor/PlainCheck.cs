namespace Berth.Packaging.Doctor;

/// <summary>What it means that a registry has no TLS, or that its certificate is not looked at.</summary>
internal sealed class PlainCheck(HostRole role, RegistryCheckOptions options)
{
    public CheckResult Judge(ServerAnswer secure, ServerAnswer plain)
    {
        if (plain.Status is null && EnvironmentProxy.For(role) is { } proxy)
            return CheckResult.Failed(
                $"the proxy {proxy.Authority} of the environment does not get through ({secure.Trouble})",
                $"check HTTPS_PROXY, or name {role.Name} in NO_PROXY");
        if (plain.Status is null)
            return CheckResult.Failed(
                $"no TLS connection comes about ({secure.Trouble})",
                $"check that this is the port of the registry: 'openssl s_client -connect {role.UriHost}:{role.Host.Port ?? 443}' shows what answers there");
        if (role.Host.IsLoopback)
            return CheckResult.Warning(
                "plain HTTP, which is fine on this machine alone",
                "to an appliance that address is the appliance itself: name the registry as an appliance reaches it, with TLS");
        return options.IsInsecure(role.Host)
            ? CheckResult.Warning("plain HTTP, as --insecure-registry allows: who sits in between can read the login and change the image", Setting(role))
            : CheckResult.Failed(
                "it speaks plain HTTP at that port, and no TLS",
                "give the registry a certificate; or accept that with --insecure-registry here"
                + (role.IsPulledFrom ? $", and with {role.InsecureSetting} on each Cloud Proxy" : ""));
    }

    /// <summary>What would be a failure, if the host were not named as insecure.</summary>
    public static CheckResult Ignored(CheckResult result, HostRole role) => result.Outcome is FindingOutcome.Failed
        ? CheckResult.Warning($"{result.Text}; --insecure-registry lets that pass", Setting(role))
        : result;

    private static string Setting(HostRole role) => role.IsPulledFrom
        ? $"each Cloud Proxy needs {role.InsecureSetting}, again after each redeploy of the proxy"
        : "give it a certificate";
}
