using System.Net;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Servers;

namespace Berth.Chain.Tests;

/// <summary>What goes wrong during a build: one line names the fix, the earlier pak is as it was, and no container is left.</summary>
[Collection(EngineTests.Name)]
public sealed class BuildFailureTests
{
    private const int Push = 5;
    private const int Verify = 6;
    private const int BuildFailed = 4;

    [Fact]
    public async Task Wrong_password()
    {
        await using var bench = await Workbench.StartAsync();
        bench.StoreLogin(bench.Berth.Host, bench.Login with { Password = "wrong" });

        await FailAsync(bench, bench.Build(), Push, $"the login of '{bench.Login.Name}'", "correct the user name or the password");
    }

    [Fact]
    public async Task Private_repository()
    {
        await using var bench = await Workbench.StartAsync("--private", "demo/");

        await FailAsync(bench, bench.Build(), Verify, "cannot be pulled without a login", "make the repository public");
    }

    [Fact]
    public async Task Unknown_authority()
    {
        await using var bench = await Workbench.StartAsync();
        using var authority = new CertificateAuthority();
        using var scratch = new ScratchDirectory();
        var (certificate, key) = authority.Issue(IPAddress.Loopback);
        var tls = new TlsListener("127.0.0.1", scratch.Write("cert.pem", certificate), scratch.Write("key.pem", key));
        await using var secure = await BerthServer.StartAsync(scratch.File("data"), tls: tls);

        await FailAsync(bench, bench.BuildFor($"{secure.Host}/demo/hostwatch"), Push, $"/etc/docker/certs.d/{secure.Host}/ca.crt");
    }

    [Fact]
    public async Task Disk_full_where_layers_wait_for_their_push()
    {
        await using var bench = await Workbench.StartAsync();
        using var full = TinyDisk.Mount("256k");

        await FailAsync(bench, bench.Build().With("TMPDIR", full.Path), Push, full.Path, "TMPDIR");
        Assert.Empty(Directory.EnumerateFileSystemEntries(full.Path));
    }

    [Fact]
    public async Task Disk_full_where_the_pak_is_written()
    {
        await using var bench = await Workbench.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Pak)!);
        using var full = TinyDisk.Mount("4k", Path.GetDirectoryName(bench.Pak)!);
        await File.WriteAllTextAsync(bench.Pak, "earlier", TestContext.Current.CancellationToken);

        await FailAsync(bench, bench.Build(), BuildFailed, $"{bench.Pak} cannot be written");
        Assert.Single(Directory.EnumerateFileSystemEntries(full.Path));
    }

    [Fact]
    public async Task Registry_dies_during_the_push()
    {
        await using var bench = await Workbench.StartAsync();
        // Through a relay that ends the registry, and every connection to it, when the first megabyte of a layer has passed.
        await using var relay = new FatalRelay(bench.Berth.Port, bytes: 1_000_000, bench.Berth.Kill);
        bench.StoreLogin(relay.Host, bench.Login);

        var failed = await FailAsync(bench, bench.BuildFor($"{relay.Host}/demo/hostwatch"), Push, relay.Host);

        Assert.Contains("is tried again in", failed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_dies_during_the_build()
    {
        await using var bench = await Workbench.StartAsync();
        await using var relay = FatalRelay.ToEngine(bytes: 1_000_000);

        await FailAsync(bench, bench.Build().With("DOCKER_HOST", relay.Endpoint), BuildFailed, "container engine", "building the image");
    }

    private static async Task<CommandResult> FailAsync(Workbench bench, Command build, int code, params string[] expected)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Pak)!);
        await File.WriteAllTextAsync(bench.Pak, "earlier", TestContext.Current.CancellationToken);

        var failed = (await build.RunAsync()).Failed();

        var problem = Assert.Single(failed.Errors.Split('\n'), line => line.StartsWith("mp-build: ", StringComparison.Ordinal));
        Assert.All(expected, text => Assert.Contains(text, problem, StringComparison.Ordinal));
        Assert.Equal((code, ""), (failed.ExitCode, failed.Output));
        Assert.Equal("earlier", await File.ReadAllTextAsync(bench.Pak, TestContext.Current.CancellationToken));
        var containers = await bench.Docker("ps", "--all", "--quiet", "--filter", "label=berth.tool=mp-build").SucceedAsync();
        Assert.Equal("", containers.Output);
        return failed;
    }
}
