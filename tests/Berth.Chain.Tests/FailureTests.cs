using System.Net;
using System.Net.Sockets;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>What goes wrong outside the tools: each is one line that says what to do, an exit code, and nothing half-written.</summary>
[Collection(EngineTests.Name)]
public sealed class FailureTests
{
    [Fact]
    public async Task Wrong_password_ends_the_build_and_keeps_the_earlier_pak()
    {
        await using var bench = await Workbench.StartAsync();
        var earlier = await EarlierPakAsync(bench);
        bench.StoreLogin(bench.Berth.Host, bench.Login with { Password = "wrong" });

        OneLine(await bench.Build().RunAsync(), bench.Berth.Host);

        Assert.Equal(earlier, await File.ReadAllTextAsync(bench.Pak, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Registry_that_is_down_ends_the_build_and_keeps_the_earlier_pak()
    {
        await using var bench = await Workbench.StartAsync();
        var earlier = await EarlierPakAsync(bench);
        await bench.Berth.StopAsync();

        OneLine(await bench.Build().RunAsync(), bench.Berth.Host);

        Assert.Equal(earlier, await File.ReadAllTextAsync(bench.Pak, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Registry_that_is_down_ends_the_install_at_the_pull()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();
        await bench.ForgetImagesAsync();
        await bench.Berth.StopAsync();

        var install = OneLine(await bench.Install().RunAsync(), bench.Berth.Host);

        Assert.Equal(25, install.ExitCode);
    }

    [Fact]
    public async Task Docker_that_does_not_run_ends_build_and_install()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();
        const string nowhere = "unix:///nowhere/docker.sock";

        OneLine(await bench.Build().With("DOCKER_HOST", nowhere).RunAsync(), "/nowhere/docker.sock");
        var install = OneLine(await bench.Install().With("DOCKER_HOST", nowhere).RunAsync(), "/nowhere/docker.sock");

        Assert.Equal(4, install.ExitCode);
    }

    [Fact]
    public async Task Image_for_another_platform_is_not_installed()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.Build().SucceedAsync();
        var digest = await ForeignImage.PushAsync(bench.Berth, bench.Login, "demo/hostwatch");
        var pak = ForeignImage.Retarget(bench.Pak, digest);

        var install = OneLine(await bench.Tool(Executables.MpInstall, pak).RunAsync(), "linux/arm64");

        Assert.Equal(6, install.ExitCode);
    }

    [Fact]
    public async Task Port_in_use_ends_the_server_with_the_address_it_could_not_have()
    {
        using var scratch = new ScratchDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var berth = await new Command(Executables.Berth, "serve", "--data", scratch.File("data"), "--listen", address).RunAsync();

        OneLine(berth, address["http://".Length..]);
    }

    private static async Task<string> EarlierPakAsync(Workbench bench)
    {
        const string text = "the pak of the last build";
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Pak)!);
        await File.WriteAllTextAsync(bench.Pak, text, TestContext.Current.CancellationToken);
        return text;
    }

    /// <summary>The last line of the errors is the message: it holds what was asked for, and there is no stack trace.</summary>
    private static CommandResult OneLine(CommandResult result, string expected)
    {
        var lines = result.Failed().Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 0 && lines[^1].Contains(expected, StringComparison.Ordinal), $"{result}");
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        return result;
    }
}
