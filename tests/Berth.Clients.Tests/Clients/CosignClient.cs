using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>cosign with a key pair of its own and without the public services that it would otherwise ask.</summary>
internal sealed class CosignClient : Client
{
    private static readonly string[] AsTag = ["--new-bundle-format=false"];
    private static readonly string[] AsReferrer = [];

    public override string Name => "cosign";

    public override string Limits => "signs; beside that it copies images and uploads files.";

    public override string Remark => "`cosign login` does not ask the registry: that a wrong password is refused shows at the first use.";

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = visit => LogInAfreshAsync(visit, home => Run(visit.Site, home, "tree", visit.Image)),
        [Operations.Copy] = visit => Run(visit.Site, visit.Home, "copy", visit.Index, visit.Target).RunAsync(),
        [Operations.PushArtifact] = UploadAsync,
        [Operations.Discover] = visit => Run(visit.Site, visit.Home, "tree", visit.ImageByDigest).RunAsync(),
        [Operations.SignWithTag] = visit => SignAsync(visit, visit.Home, AsTag),
        [Operations.VerifyTag] = visit => VerifyAsync(visit, AsTag),
        [Operations.SignWithReferrer] = visit => SignAsync(visit, visit.Home, AsReferrer),
        [Operations.VerifyReferrer] = visit => VerifyAsync(visit, AsReferrer),
        [Operations.ListSignatures] = async visit =>
        {
            (await SignAsync(visit, visit.Owner, AsReferrer)).Succeeded();
            return await Run(visit.Site, visit.Home, "tree", visit.TargetByDigest).RunAsync();
        },
    };

    public override async Task<string> VersionAsync() =>
        Programs.PackageVersion(Name)
        ?? (await new Command(Programs.Find(Name), "version").SucceedAsync()).Output.Split('\n')
            .First(line => line.StartsWith("GitVersion:", StringComparison.Ordinal)).Split(':')[1].Trim();

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => home
        .Trusting(Name, "login", "--username", login.Name, "--password-stdin", site.Host)
        .Reading(login.Password).RunAsync();

    private Command Run(Site site, Home home, string verb, params string[] arguments)
    {
        string[] transport = site.Tls ? [] : ["--allow-http-registry"];
        return home.Trusting(Name, [verb, .. transport, .. arguments]).With("COSIGN_PASSWORD", "of the key");
    }

    private async Task<CommandResult> UploadAsync(Visit visit)
    {
        await File.WriteAllTextAsync(visit.File(Artifact.FileName), visit.Repository);
        return await visit.Home.Trusting(Name, "upload", "blob", "--files", visit.File(Artifact.FileName), visit.Target).RunAsync();
    }

    private async Task<CommandResult> SignAsync(Visit visit, Home home, string[] form)
    {
        await home.Trusting(Name, "generate-key-pair", "--output-key-prefix", visit.File("pair")).With("COSIGN_PASSWORD", "of the key")
            .SucceedAsync();
        return await Run(
            visit.Site, home, "sign",
            ["--yes", "--key", visit.File("pair.key"), "--tlog-upload=false", "--use-signing-config=false", .. form, visit.TargetByDigest])
            .RunAsync();
    }

    private async Task<CommandResult> VerifyAsync(Visit visit, string[] form)
    {
        (await SignAsync(visit, visit.Owner, form)).Succeeded();
        return await Run(
            visit.Site, visit.Home, "verify",
            ["--key", visit.File("pair.pub"), "--insecure-ignore-tlog", .. form, visit.TargetByDigest]).RunAsync();
    }
}
