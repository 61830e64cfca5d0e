using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>The chain: push with a login, write the pak, install it by anonymous pull of its digest.</summary>
[Collection(EngineTests.Name)]
public sealed class InstallTests
{
    [Theory]
    [InlineData("https", "443")]
    [InlineData("http", "8080")]
    public async Task A_built_pak_installs_by_anonymous_pull_and_collects(string protocol, string port)
    {
        await using var bench = await Workbench.StartAsync();
        (await bench.Build(protocol == "http" ? ["--insecure-collector-communication"] : []).RunAsync()).Succeeded();
        var conf = PakConf.Read(bench.Pak);
        Assert.Equal((bench.Berth.Host, "/demo/hostwatch", protocol, port), (conf.Registry, conf.Repository, conf.Protocol, conf.Port));

        await bench.ForgetImagesAsync();
        var report = InstallReport.Of(await bench.Install().RunAsync());

        Assert.True(report.Pulled);
        Assert.Equal(conf.Reference, report.Reference);
        // The host, the adapter's own process, a disk, a file system and two interfaces are the least there is.
        Assert.True(report.Objects >= 5, $"only {report.Objects} objects");
        Assert.Equal(["collect", "remove"], report.Stages.TakeLast(2));
    }

    [Fact]
    public async Task Digest_in_the_pak_is_the_sha256_of_the_manifest_that_anybody_is_served()
    {
        await using var bench = await Workbench.StartAsync();
        (await bench.Build().RunAsync()).Succeeded();

        var conf = PakConf.Read(bench.Pak);
        using var http = new RegistryHttp(bench.Berth.Address);
        var manifest = await http.FetchAsync($"/v2{conf.Repository}/manifests/{conf.Digest}");

        Assert.NotNull(manifest);
        Assert.Equal(conf.Digest, Sha256.Of(manifest));
    }

    [Fact]
    public async Task Pull_sends_no_login_even_when_a_wrong_one_is_stored_for_the_registry()
    {
        await using var bench = await Workbench.StartAsync();
        await using var relay = new RecordingRelay(bench.Berth.Port);
        (await bench.BuildFor($"{relay.Host}/demo/hostwatch", "--push-registry", bench.Repository).RunAsync()).Succeeded();
        Assert.Equal(relay.Host, PakConf.Read(bench.Pak).Registry);
        await bench.ForgetImagesAsync();
        var wrong = bench.Login with { Password = "not the password" };
        bench.StoreLogin(relay.Host, wrong);

        var report = InstallReport.Of(await bench.Install().RunAsync());

        Assert.True(report.Pulled);
        Assert.Contains("GET /v2/demo/hostwatch/manifests/sha256:", relay.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization: Basic", relay.Sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(wrong.Encoded, relay.Sent, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Login.Encoded, relay.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_install_finds_the_image_and_needs_no_registry()
    {
        await using var bench = await Workbench.StartAsync();
        (await bench.Build().RunAsync()).Succeeded();
        await bench.ForgetImagesAsync();
        Assert.True(InstallReport.Of(await bench.Install().RunAsync()).Pulled);
        Assert.Equal(0, await bench.Berth.StopAsync());

        var second = InstallReport.Of(await bench.Install().RunAsync());

        Assert.False(second.Pulled);
        Assert.True(second.Objects >= 5, $"only {second.Objects} objects");
    }

    [Fact]
    public async Task Container_is_removed_afterwards_and_kept_when_asked_to()
    {
        await using var bench = await Workbench.StartAsync();
        (await bench.Build().RunAsync()).Succeeded();

        (await bench.Install().RunAsync()).Succeeded();
        Assert.Empty(await ContainersAsync(bench));

        (await bench.Install("--keep").RunAsync()).Succeeded();
        var kept = Assert.Single(await ContainersAsync(bench));
        (await bench.Docker("container", "rm", "--force", kept).RunAsync()).Succeeded();
    }

    private static async Task<string[]> ContainersAsync(Workbench bench)
    {
        var listed = await bench.Docker("ps", "--all", "--quiet", "--filter", "name=dockerized_adapter_HostWatch").RunAsync();
        return listed.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
