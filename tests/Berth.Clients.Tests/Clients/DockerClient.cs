using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>Docker's command line and engine. The engine trusts an authority that lies in /etc/docker/certs.d.</summary>
internal sealed class DockerClient : Client
{
    private const string CertificateDirectory = "/etc/docker/certs.d";

    private readonly HashSet<string> _registries = [];

    // In namespaces of its own the tests' registry has an address that is not a loopback one, and /etc/docker is nobody else's.
    private static bool TrustsBlindly => Site.TlsAddress == "127.0.0.1";

    public override string Name => "docker";

    public override string Limits => "builds, pushes and pulls images; an index it makes of images that were pushed.";

    public override string TrustWay => TrustsBlindly ? "not asked: it trusts loopback addresses" : "`/etc/docker/certs.d`";

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = LogInAfreshAsync,
        [Operations.PushImage] = PushImageAsync,
        [Operations.JoinImages] = JoinImagesAsync,
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
        [Operations.Inspect] = visit => Docker(visit.Home, ["manifest", "inspect", .. Insecure(visit.Site), visit.Index]).RunAsync(),
    };

    public override async Task<string> VersionAsync()
    {
        var version = await new Command(Programs.Find(Name), "version", "--format", "{{.Server.Version}}").SucceedAsync();
        return version.LastLine;
    }

    public override async Task<CommandResult> LogInAsync(Home home, Site site, Login login)
    {
        Trust(site);
        return await home.Command(Name, "login", "--username", login.Name, "--password-stdin", site.Host)
            .Reading(login.Password).RunAsync();
    }

    public override async Task CleanUpAsync()
    {
        if (_registries.Count == 0)
            return;
        var listed = await new Command(Programs.Find(Name), "image", "ls", "--no-trunc", "--format", "{{.Repository}} {{.ID}}").RunAsync();
        await RemoveAsync(listed.Output.Split('\n').Where(line => _registries.Any(line.StartsWith)).Select(line => line.Split(' ')[1]));
    }

    private async Task<CommandResult> PushImageAsync(Visit visit)
    {
        await Docker(visit.Home, "build", "--quiet", "--tag", visit.Target, await visit.BuildContextAsync()).SucceedAsync();
        return await Docker(visit.Home, "push", visit.Target).RunAsync();
    }

    private async Task<CommandResult> JoinImagesAsync(Visit visit)
    {
        await Docker(visit.Home, ["manifest", "create", .. Insecure(visit.Site), visit.Target, .. visit.Members]).SucceedAsync();
        return await Docker(visit.Home, ["manifest", "push", .. Insecure(visit.Site), visit.Target]).RunAsync();
    }

    private async Task<CommandResult> PullAsync(Visit visit, string reference, params string[] flags)
    {
        // Of what the engine has already it would pull nothing.
        var known = await Docker(visit.Home, "image", "ls", "--quiet", "--no-trunc", visit.PublicRepository).SucceedAsync();
        await RemoveAsync(known.Output.Split('\n'));
        return await Docker(visit.Home, ["pull", .. flags, reference]).RunAsync()
            .ThenAsync(Docker(visit.Home, "image", "inspect", "--format", "{{.Id}}", reference));
    }

    private static async Task RemoveAsync(IEnumerable<string> ids)
    {
        string[] images = [.. ids.Where(id => id.Length > 0).Distinct()];
        if (images.Length > 0)
            await new Command(Programs.Find("docker"), ["image", "rm", "--force", .. images]).SucceedAsync();
    }

    private Command Docker(Home home, params string[] arguments) => home.Command(Name, arguments);

    // The engine decides by itself which registries need not be secure; the command line, where it asks a registry itself, is told.
    private static string[] Insecure(Site site) => site.Tls && !TrustsBlindly ? [] : ["--insecure"];

    private void Trust(Site site)
    {
        _registries.Add($"{site.Host}/");
        if (!site.Tls || TrustsBlindly)
            return;
        Directory.CreateDirectory($"{CertificateDirectory}/{site.Host}");
        File.Copy(site.AuthorityFile, $"{CertificateDirectory}/{site.Host}/ca.crt", overwrite: true);
    }
}
