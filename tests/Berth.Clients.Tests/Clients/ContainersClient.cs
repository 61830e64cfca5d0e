using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>What podman, buildah and skopeo have in common.</summary>
internal abstract class ContainersClient : Client
{
    public override async Task<string> VersionAsync() =>
        (await new Command(Programs.Find(Name), "--version").SucceedAsync()).LastLine.Split(' ')[2];

    protected virtual string LogInProgram => Name;

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => home
        .Command(LogInProgram, ["login", .. Trust(site), "--username", login.Name, "--password-stdin", site.Host])
        .Reading(login.Password).RunAsync();

    /// <summary>What stands in the way of its signing images.</summary>
    protected static string UnsignedInDebian => "It could sign in cosign's way too, but Debian 12 builds it with that switched off.";

    public override string TrustWay => "`--cert-dir`";

    /// <param name="site">The registry.</param>
    /// <param name="side">Before the flags' names, where a command knows two registries.</param>
    protected virtual string[] Trust(Site site, string side = "") =>
        site.Tls ? [$"--{side}cert-dir", site.TrustDirectory] : [$"--{side}tls-verify=false"];
}
