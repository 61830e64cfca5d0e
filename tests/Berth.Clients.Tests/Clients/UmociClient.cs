using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Clients;

/// <summary>umoci works on layouts on the disk; skopeo carries them to the registry and back.</summary>
internal sealed class UmociClient : ContainersClient
{
    public override string Name => "umoci";

    public override string Title => "umoci (with skopeo)";

    public override IReadOnlyList<string> Needs => [Name, "skopeo"];

    public override string Limits => "makes and unpacks layouts on the disk and speaks to no registry: skopeo carries them there and back.";

    public override Abilities Abilities => new()
    {
        [Operations.PushImage] = PushAsync,
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--override-arch", PublicContent.Foreign.Architecture),
    };

    public override string LoginWay => "`skopeo login`";

    protected override string LogInProgram => "skopeo";

    private async Task<CommandResult> PushAsync(Visit visit)
    {
        var layout = visit.File("made");
        var image = $"{layout}:{Layout.Tag}";
        var context = await visit.BuildContextAsync();
        await Umoci(visit, "init", "--layout", layout).SucceedAsync();
        await Umoci(visit, "new", "--image", image).SucceedAsync();
        await Umoci(visit, "insert", "--rootless", "--image", image, $"{context}/one", "/one").SucceedAsync();
        return await visit.Home
            .Command("skopeo", ["copy", "--preserve-digests", .. Trust(visit.Site, "dest-"), $"oci:{image}", $"docker://{visit.Target}"])
            .RunAsync().ThenReadAsync($"{layout}/index.json");
    }

    private Task<CommandResult> PullAsync(Visit visit, string from, params string[] flags)
    {
        var image = $"{visit.File("pulled")}:{Layout.Tag}";
        return visit.Home
            .Command("skopeo", [.. flags, "copy", "--preserve-digests", .. Trust(visit.Site, "src-"), $"docker://{from}", $"oci:{image}"])
            .RunAsync()
            .ThenAsync(Umoci(visit, "unpack", "--rootless", "--image", image, visit.File("unpacked")))
            .ThenReadAsync(visit.File("pulled/index.json"));
    }

    private Command Umoci(Visit visit, params string[] arguments) => visit.Home.Command(Name, arguments);
}
