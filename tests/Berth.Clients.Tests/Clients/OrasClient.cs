using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

internal sealed class OrasClient : Client
{
    public override string Name => "oras";

    public override bool PushesLayouts => true;

    public override string TrustWay => "`--ca-file`";

    public override string Limits => "moves images, artifacts and what refers to them; it does not sign.";

    public override string Remark => "Version 1.2 crashes instead of saying so when two of its uploads are refused at once; 1.3 does not.";

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = LogInAfreshAsync,
        [Operations.PushImage] = async visit => await PushAsync(visit, await visit.ImageLayoutAsync()),
        [Operations.PushIndex] = async visit => await PushAsync(visit, await visit.IndexLayoutAsync()),
        [Operations.JoinImages] = visit => Run(
            visit, "manifest index create", [visit.Target, .. PublicContent.Index.Images.Select(image => image.Manifest.Digest)]),
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
        [Operations.Copy] = visit => CopyAsync(visit, visit.Index),
        [Operations.Inspect] = visit => Run(visit, "manifest fetch", visit.Index),
        [Operations.ListTags] = visit => Run(visit, "repo tags", visit.PublicRepository),
        [Operations.ListRepositories] = visit => Run(visit, "repo ls", visit.Site.Host),
        [Operations.PushArtifact] = visit => WithNote(visit, "push", visit.Target),
        [Operations.PullArtifact] = visit => Run(visit, "pull", visit.Artifact, "--output", visit.File("pulled"))
            .ThenHashAsync(visit.File($"pulled/{Artifact.FileName}")),
        [Operations.Attach] = visit => WithNote(visit, "attach", visit.Target),
        [Operations.Discover] = visit => Run(visit, "discover", visit.Image),
        [Operations.CopyWithReferrers] = visit => CopyAsync(visit, visit.Image, "--recursive"),
        [Operations.DeleteManifest] = visit => Run(visit, "manifest delete", visit.Target, "--force"),
        [Operations.DeleteBlob] = visit => Run(
            visit, "blob delete", $"{visit.Site.Host}/{visit.Repository}@{PublicContent.Artifact.Text.Digest}", "--force"),
    };

    // It makes an index of what is in the same repository.
    public override Func<Push, Task>? Before(Operation operation) =>
        operation == Operations.JoinImages ? Operations.Members : base.Before(operation);

    public override async Task<string> VersionAsync() =>
        (await new Command(Programs.Find(Name), "version").SucceedAsync()).Output.Split('\n')[0].Split(':')[1].Trim();

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => home
        .Command(Name, ["login", .. Trust(site), "--username", login.Name, "--password-stdin", site.Host])
        .Reading(login.Password).RunAsync();

    private static string[] Trust(Site site, string side = "") =>
        site.Tls ? [$"--{side}ca-file", site.AuthorityFile] : [$"--{side}plain-http"];

    private Task<CommandResult> Run(Visit visit, string verb, params string[] arguments) =>
        visit.Home.Command(Name, [.. verb.Split(' '), .. Trust(visit.Site), .. arguments]).RunAsync();

    private Task<CommandResult> WithNote(Visit visit, string verb, string reference)
    {
        // The path in the artifact is the one that is given: it must not be an absolute one.
        File.WriteAllText(visit.Home.File(Artifact.FileName), visit.Repository);
        return Run(visit, verb, reference, "--artifact-type", MediaTypes.Note, $"{Artifact.FileName}:text/plain");
    }

    private Task<CommandResult> PushAsync(Visit visit, string layout) => visit.Home
        .Command(Name, ["copy", "--from-oci-layout", .. Trust(visit.Site, "to-"), $"{layout}:{Layout.Tag}", visit.Target]).RunAsync();

    private Task<CommandResult> CopyAsync(Visit visit, string from, params string[] flags) => visit.Home
        .Command(Name, ["copy", .. flags, .. Trust(visit.Site, "from-"), .. Trust(visit.Site, "to-"), from, visit.Target]).RunAsync();

    private Task<CommandResult> PullAsync(Visit visit, string from, params string[] flags) => visit.Home
        .Command(Name, ["copy", .. flags, .. Trust(visit.Site, "from-"), "--to-oci-layout", from, $"{visit.File("pulled")}:{Layout.Tag}"])
        .RunAsync().ThenReadAsync(visit.File("pulled/index.json"));
}
