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
                await site.Shell(block.Commands).With("PASSWORD", "secret of builder").SucceedAsync();
        }

        Assert.True(File.Exists(scratch.File("hostwatch/build/HostWatch_1.0.0.pak")));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(scratch.File("backups")));
    }
}
