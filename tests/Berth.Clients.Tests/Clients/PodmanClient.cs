using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Content;
using Berth.Clients.Tests.Matrix;

namespace Berth.Clients.Tests.Clients;

internal sealed class PodmanClient : ContainersClient
{
    public override string Name => "podman";

    public override string Limits => "podman pushes and pulls images; it has no command for the rest.";

    public override IReadOnlyDictionary<Operation, Func<Visit, Task<CommandResult>>> Abilities => new Dictionary<Operation, Func<Visit, Task<CommandResult>>>
    {
        [Operations.LogIn] = LogInAfreshAsync,
        [Operations.PushImage] = PushImageAsync,
        [Operations.PushIndex] = PushIndexAsync,
        [Operations.PullTag] = visit => PullAsync(visit, visit.Image),
        [Operations.PullDigest] = visit => PullAsync(visit, visit.ImageByDigest),
        [Operations.PullPlatform] = visit => PullAsync(visit, visit.Index, "--platform", $"linux/{PublicContent.Foreign.Architecture}"),
        [Operations.ListTags] = visit => Run(visit, ["search", "--list-tags", .. Trust(visit.Site), visit.PublicRepository]).RunAsync(),
        [Operations.ListRepositories] = visit => Run(visit, ["search", .. Trust(visit.Site), visit.PublicRepository]).RunAsync(),
    };

    private async Task<CommandResult> PushImageAsync(Visit visit)
    {
        await Run(visit, "build", "--tag", visit.Target, await visit.BuildContextAsync()).SucceedAsync();
        return await Run(visit, ["push", "--digestfile", visit.File("digest"), .. Trust(visit.Site), visit.Target]).RunAsync()
            .ThenReadAsync(visit.File("digest"));
    }

    private async Task<CommandResult> PushIndexAsync(Visit visit)
    {
        await Run(
            visit, "build", "--platform", $"linux/amd64,linux/{PublicContent.Foreign.Architecture}", "--manifest", visit.Target,
            await visit.BuildContextAsync()).SucceedAsync();
        return await Run(
            visit,
            ["manifest", "push", "--all", "--digestfile", visit.File("digest"), .. Trust(visit.Site), visit.Target, $"docker://{visit.Target}"])
            .RunAsync().ThenReadAsync(visit.File("digest"));
    }

    private async Task<CommandResult> PullAsync(Visit visit, string reference, params string[] flags)
    {
        await Run(visit, "rmi", "--all", "--force").SucceedAsync();
        return await Run(visit, ["pull", .. flags, .. Trust(visit.Site), reference]).RunAsync();
    }

    private Command Run(Visit visit, params string[] arguments) => visit.Home.Command(Name, arguments);
}
