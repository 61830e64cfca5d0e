using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>The commands of docs/guides, as they stand there.</summary>
[Collection(EngineTests.Name)]
public sealed class GuideTests
{
    [Fact]
    public async Task A_registry_in_five_minutes()
    {
        using var scratch = new ScratchDirectory();
        SampleProject.CopyTo(scratch, "hostwatch");
        await using var site = await Site.StartAsync(scratch.FullName, "registry.example");

        foreach (var block in Guide.Read("berth.md").Blocks)
        {
            if (block.Where == "serve")
                await site.ServeAsync(block.Commands);
            else
                await RunAsync(site, block.Commands);
        }

        await CheckAsync(site);

        Assert.True(File.Exists(scratch.File("hostwatch/build/HostWatch_1.0.0.pak")));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(scratch.File("backups")));
    }

    /// <summary>The two commands of the page that leads to all guides.</summary>
    private static async Task CheckAsync(Site site)
    {
        await RunAsync(site, "printf %s \"$PASSWORD\" | docker login registry.example --username builder --password-stdin");
        foreach (var block in Guide.Read("README.md").Blocks)
            await RunAsync(site, block.Commands);
    }

    private static Task<CommandResult> RunAsync(Site site, string commands) =>
        site.Shell(commands).With("PASSWORD", "secret of builder").SucceedAsync();
}
