using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>A new project, and the three commands of its README.</summary>
[Collection(EngineTests.Name)]
public sealed class InitTests
{
    private static readonly TimeSpan NativeCompilation = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task A_new_project_compiles_becomes_a_pak_and_collects()
    {
        await using var bench = await Workbench.StartAsync();
        using var scratch = new ScratchDirectory();
        // A key that is a type of the adapter, too: the hardest to rename to.
        var project = (await bench.Tool(
            Executables.MpBuild, "init", scratch.File("made"), "--name", "A \"new\" pack", "--key", "Connection", "--description", "Of a test", "--vendor", "Nobody")
            .SucceedAsync()).Output.TrimEnd();

        // No server of the compiler is to outlive the test.
        await (new Command(Path.Combine(project, "publish.sh")) { Limit = NativeCompilation }
            .With("MSBUILDDISABLENODEREUSE", "1").With("UseSharedCompilation", "false").With("DOTNET_CLI_USE_MSBUILD_SERVER", "0")).SucceedAsync();
        var built = await bench.Tool(Executables.MpBuild, "--path", project, "--registry-tag", $"{bench.Berth.Host}/demo/made", "--no-ttl").SucceedAsync();
        var pak = built.Output.Split('\n')[0];
        await bench.ForgetImagesAsync();
        var report = InstallReport.Of(await bench.Tool(
            Executables.MpInstall, pak, "--connection", Path.Combine(project, "connections.example.json"), "--output", "json").RunAsync());

        Assert.Equal("Connection_1.0.0.pak", Path.GetFileName(pak));
        Assert.True(report.Pulled);
        Assert.True(report.Objects >= 5, $"only {report.Objects} objects");
    }
}
