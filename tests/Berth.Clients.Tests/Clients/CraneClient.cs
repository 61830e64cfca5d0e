using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

internal sealed class CraneClient : Client
{
    public override string Name => "crane";

    public override bool PushesLayouts => true;

    public override string LoginWay => "`crane auth login`";

    public override string Limits => "moves images between registries and files; it knows no artifacts, referrers and signatures.";

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = visit => LogInAfreshAsync(visit, home => home.Trusting(Name, "digest", visit.Image)),
        [Operations.PushImage] = async visit => await Run(visit, "push", await visit.ImageLayoutAsync(), visit.Target),
        [Operations.PushIndex] = async visit => await Run(visit, "push", await visit.IndexLayoutAsync(), visit.Target),
        [Operations.JoinImages] = visit => Run(
            visit, ["index", "append", .. visit.Members.SelectMany(image => new[] { "--manifest", image }), "--tag", visit.Target]),
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
        [Operations.Copy] = visit => Run(visit, "copy", visit.Index, visit.Target),
        [Operations.Inspect] = visit => Run(visit, "digest", visit.Index),
        [Operations.ListTags] = visit => Run(visit, "ls", visit.PublicRepository),
        [Operations.ListRepositories] = visit => Run(visit, "catalog", visit.Site.Host),
        [Operations.DeleteManifest] = visit => Run(visit, "delete", visit.TargetByDigest),
    };

    public override string Remark =>
        "`crane auth login` does not ask the registry: that a wrong password is refused shows at the first use. "
        + "Refused a manifest all of whose blobs are there, it asks for another token and repeats the request without its body, which "
        + "over TLS may end in a `PROTOCOL_ERROR` instead of the refusal ([go-containerregistry #1004]"
        + "(https://github.com/google/go-containerregistry/issues/1004)). Nothing is stored.";

    public override async Task<string> VersionAsync() =>
        Programs.PackageVersion(Name) ?? (await new Command(Programs.Find(Name), "version").SucceedAsync()).LastLine;

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => home
        .Trusting(Name, "auth", "login", "--username", login.Name, "--password-stdin", site.Host)
        .Reading(login.Password).RunAsync();

    private Task<CommandResult> Run(Visit visit, params string[] arguments) => visit.Home.Trusting(Name, arguments).RunAsync();

    private Task<CommandResult> PullAsync(Visit visit, string reference, params string[] flags) =>
        Run(visit, ["pull", "--format", "oci", .. flags, reference, visit.File("pulled")]).ThenReadAsync(visit.File("pulled/index.json"));
}
