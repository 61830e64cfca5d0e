using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>containerd's own command line, with a containerd that runs for these tests alone.</summary>
internal sealed class CtrClient : Client
{
    private Containerd? _daemon;

    public override string Name => "ctr";

    public override string Title => "containerd (ctr)";

    public override IReadOnlyList<string> Needs => [Name, "containerd"];

    public override bool PushesLayouts => true;

    public override string Limits => "pushes and pulls images; it keeps no login.";

    public override string LoginWay => "`--user`";

    public override string TrustWay => "`--tlscacert`";

    // containerd works as root alone.
    public override bool IsAvailable => base.IsAvailable && Environment.IsPrivilegedProcess;

    public override string Remark => "It takes a password only as an argument, which others on the machine can read, or from a terminal.";

    public override Abilities Abilities => new()
    {
        [Operations.PushImage] = async visit => await PushAsync(visit, await visit.ImageLayoutAsync()),
        [Operations.PushIndex] = async visit => await PushAsync(visit, await visit.IndexLayoutAsync()),
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
    };

    public override async Task<string> VersionAsync() =>
        (await new Command(Programs.Find(Name), "--version").SucceedAsync()).LastLine.Split(' ')[^1];

    public override Task<CommandResult> LogInAsync(Home home, Site site, Login login) => Task.FromResult(CommandResult.Nothing);

    public override async Task CleanUpAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();
    }

    private async Task<CommandResult> PushAsync(Visit visit, string layout)
    {
        var archive = visit.File("archive.tar");
        System.Formats.Tar.TarFile.CreateFromDirectory(layout, archive, includeBaseDirectory: false);
        var name = $"{visit.Site.Host}/{visit.Repository}";
        await (await CtrAsync(visit, "import", "--all-platforms", "--no-unpack", "--base-name", name, archive)).SucceedAsync();
        return await (await CtrAsync(visit, ["push", .. Flags(visit), visit.Target])).RunAsync();
    }

    private async Task<CommandResult> PullAsync(Visit visit, string reference, params string[] flags)
    {
        var pull = await CtrAsync(visit, ["pull", "--snapshotter", "native", .. flags, .. Flags(visit), reference]);
        return await pull.RunAsync().ThenAsync(visit.Home.Command(Name, [.. Address(visit), "content", "ls", "--quiet"]));
    }

    private static string[] Flags(Visit visit) =>
    [
        .. visit.Site.Tls ? (string[])["--tlscacert", visit.Site.AuthorityFile] : ["--plain-http"],
        .. visit.Caller is { } caller ? (string[])["--user", $"{caller.Name}:{caller.Password}"] : [],
    ];

    private async Task<Command> CtrAsync(Visit visit, params string[] arguments)
    {
        _daemon ??= await Containerd.StartAsync();
        return visit.Home.Command(Name, [.. Address(visit), "images", .. arguments]);
    }

    // In a namespace of its own the visit finds nothing that another has pulled.
    private string[] Address(Visit visit) => ["--address", _daemon!.Socket, "--namespace", Path.GetFileName(visit.Directory)];
}
