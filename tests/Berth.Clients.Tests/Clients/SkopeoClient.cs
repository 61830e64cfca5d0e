using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Clients;

internal sealed class SkopeoClient : ContainersClient
{
    public override string Name => "skopeo";

    public override bool PushesLayouts => true;

    public override string Limits => "moves images between registries and files; it knows no artifacts and referrers.";

    public override string Remark => UnsignedInDebian;

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = LogInAfreshAsync,
        [Operations.PushImage] = async visit => await PushAsync(visit, await visit.ImageLayoutAsync()),
        [Operations.PushIndex] = async visit => await PushAsync(visit, await visit.IndexLayoutAsync()),
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--override-arch", PublicContent.Foreign.Architecture),
        [Operations.Copy] = visit => visit.Home.Command(
            Name,
            [
                "copy", "--all", "--preserve-digests", .. Trust(visit.Site, "src-"), .. Trust(visit.Site, "dest-"),
                $"docker://{visit.Index}", $"docker://{visit.Target}",
            ]).RunAsync(),
        [Operations.Inspect] = visit => Run(visit, visit.Index, "inspect", "--raw"),
        [Operations.ListTags] = visit => Run(visit, visit.PublicRepository, "list-tags"),
        [Operations.DeleteManifest] = visit => Run(visit, visit.Target, "delete"),
    };

    private Task<CommandResult> Run(Visit visit, string reference, params string[] verb) =>
        visit.Home.Command(Name, [.. verb, .. Trust(visit.Site), $"docker://{reference}"]).RunAsync();

    private Task<CommandResult> PushAsync(Visit visit, string layout) => visit.Home.Command(
        Name, ["copy", "--all", .. Trust(visit.Site, "dest-"), $"oci:{layout}:{Layout.Tag}", $"docker://{visit.Target}"]).RunAsync();

    private Task<CommandResult> PullAsync(Visit visit, string from, params string[] flags) => visit.Home.Command(
        Name, [.. flags, "copy", "--preserve-digests", .. Trust(visit.Site, "src-"), $"docker://{from}", $"dir:{visit.File("pulled")}"])
        .RunAsync().ThenHashAsync(visit.File("pulled/manifest.json"));
}
