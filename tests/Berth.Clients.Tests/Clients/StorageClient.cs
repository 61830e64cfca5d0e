using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Clients;

/// <summary>podman and buildah: the same commands for images, over the same kind of storage.</summary>
internal abstract class StorageClient : ContainersClient
{
    private static string Platforms => $"linux/amd64,linux/{PublicContent.Foreign.Architecture}";

    public override string Limits => "builds, pushes and pulls images.";

    public override Abilities Abilities => new()
    {
        [Operations.LogIn] = LogInAfreshAsync,
        [Operations.PushImage] = PushImageAsync,
        [Operations.PushIndex] = PushIndexAsync,
        [Operations.JoinImages] = JoinImagesAsync,
        [Operations.Inspect] = visit => Run(visit, "manifest", "inspect", visit.Index).RunAsync(),
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
    };

    protected Command Run(Visit visit, params string[] arguments) => visit.Home.Command(Name, arguments);

    private async Task<CommandResult> PushImageAsync(Visit visit)
    {
        await Run(visit, "build", "--tag", visit.Target, await visit.BuildContextAsync()).SucceedAsync();
        return await PushAsync(visit, ["push", .. DigestFile(visit)], visit.Target).ThenReadAsync(visit.File("digest"));
    }

    private async Task<CommandResult> PushIndexAsync(Visit visit)
    {
        // The cache of layers does not tell platforms apart.
        await Run(visit, "build", "--no-cache", "--platform", Platforms, "--manifest", visit.Target, await visit.BuildContextAsync())
            .SucceedAsync();
        // Asked for the digest, buildah forgets that it was refused; so it is asked when it was not.
        return await PushAsync(visit, ["manifest", "push", "--all"], visit.Target)
            .ThenAsync(_ => PushAsync(visit, ["manifest", "push", "--all", .. DigestFile(visit)], visit.Target))
            .ThenReadAsync(visit.File("digest"));
    }

    private async Task<CommandResult> JoinImagesAsync(Visit visit)
    {
        await Run(visit, "manifest", "create", visit.Target).SucceedAsync();
        foreach (var image in visit.Members)
            await Run(visit, ["manifest", "add", .. Trust(visit.Site), visit.Target, $"docker://{image}"]).SucceedAsync();
        return await PushAsync(visit, ["manifest", "push", "--all"], visit.Target);
    }

    private Task<CommandResult> PushAsync(Visit visit, string[] verb, string image) =>
        Run(visit, [.. verb, .. Trust(visit.Site), image, $"docker://{image}"]).RunAsync();

    private static string[] DigestFile(Visit visit) => ["--digestfile", visit.File("digest")];

    private async Task<CommandResult> PullAsync(Visit visit, string reference, params string[] flags)
    {
        await Run(visit, "rmi", "--all", "--force").SucceedAsync();
        return await Run(visit, ["pull", .. flags, .. Trust(visit.Site), reference]).RunAsync();
    }
}
