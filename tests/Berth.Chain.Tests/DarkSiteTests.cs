using System.Text.Json;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>
/// docs/guides/dark-sites.md, command by command: a side that builds, a side that installs, no way from one to the other, and a directory that is
/// carried.
/// </summary>
[Collection(EngineTests.Name)]
public sealed class DarkSiteTests
{
    private const string Host = "registry.example";

    private static readonly Guide Guide = Guide.Read("dark-sites.md");

    [Fact]
    public async Task A_pack_is_carried_to_a_site_without_a_way_to_its_registry_and_installs_and_collects()
    {
        using var carried = new ScratchDirectory();
        using var here = new ScratchDirectory();
        using var there = new ScratchDirectory();
        SampleProject.CopyTo(here, "hostwatch");
        await using var build = await StartAsync(here, carried);
        await BuildAsync(build);
        var exported = await RunAsync(build, "build-side");
        await AssertReadByOthersAsync(build, exported);
        await using var install = await StartAsync(there, carried);
        await AssertApartAsync(build, install);

        var installed = await RunAsync(install, "install-side");
        Assert.Contains("came from  an anonymous pull by digest", installed.Output, StringComparison.Ordinal);

        // The next version has one more layer, and the others as before.
        await build.Shell("printf next > hostwatch/next; sed -i '/^COPY/a COPY next /' hostwatch/Dockerfile").SucceedAsync();
        await BuildAsync(build);
        await RunAsync(build, "build-side-next");
        var next = await RunAsync(install, "install-side-next");
        Assert.Contains("came from  an anonymous pull by digest", next.Output, StringComparison.Ordinal);

        await using var proxy = await StartAsync(there, carried, serves: false);
        await proxy.Shell("cp paks/HostWatch_1.0.0.pak carried/").SucceedAsync();
        await AssertNothingButNewAsync(carried);
        await PreloadAsync(proxy);
    }

    private static async Task<Site> StartAsync(ScratchDirectory directory, ScratchDirectory carried, bool serves = true)
    {
        if (!Directory.Exists(directory.File("carried")))
            Directory.CreateSymbolicLink(directory.File("carried"), carried.FullName);
        var site = await Site.StartAsync(directory.FullName, serves ? Host : "proxy.example");
        if (!serves)
            return site;
        var serving = Guide.Read("berth.md").Blocks;
        await site.Shell(serving[0].Commands).SucceedAsync();
        await site.ServeAsync(serving[1].Commands);
        await site.Shell($"mkdir -p /etc/docker/certs.d/{Host} && cp ca.crt /etc/docker/certs.d/{Host}/").SucceedAsync();
        return site;
    }

    private static Task<CommandResult> BuildAsync(Site site) => site.Shell(
        $"""
        berth user list --data ./berth-data | grep -q builder || printf %s "$PASSWORD" | berth user add builder --password-stdin --data ./berth-data
        printf %s "$PASSWORD" | mp-build -p hostwatch -r {Host}/packs/hostwatch --registry-username builder --password-stdin --no-ttl
        """).With("PASSWORD", "secret of builder").SucceedAsync();

    private static async Task<CommandResult> RunAsync(Site site, string where)
    {
        var last = CommandResult.Nothing;
        foreach (var block in Guide.Blocks.Where(block => block.Where == where))
            last = await site.Shell(block.Commands).SucceedAsync();
        return last;
    }

    /// <summary>The last that the build side does is to have another tool look into the bundle.</summary>
    private static async Task AssertReadByOthersAsync(Site build, CommandResult inspected)
    {
        using var seen = JsonDocument.Parse(inspected.Output);
        var pak = await build.Shell("mp-install inspect carried/HostWatch_1.0.0.pak --output json").SucceedAsync();
        using var needed = JsonDocument.Parse(pak.Output);
        Assert.Equal(needed.RootElement.GetProperty("conf").GetProperty("digest").GetString(), seen.RootElement.GetProperty("Digest").GetString());
    }

    /// <summary>The name leads each side to itself: neither has a way to the other.</summary>
    private static async Task AssertApartAsync(Site build, Site install)
    {
        foreach (var site in new[] { build, install })
        {
            // Loopback and the bridge of its own engine are all the links there are, and nothing leads out.
            var links = await site.Shell("ls /sys/class/net; ip -o link show | grep -cv -e ' lo:' -e docker0 || true").SucceedAsync();
            Assert.Equal("0", links.LastLine);
            Assert.Equal("", (await site.Shell("ip route show default").SucceedAsync()).Output);
        }

        // By the same name the other side's own registry answers, and has nothing yet.
        Assert.Equal(20, (await install.Shell("mp-install carried/HostWatch_1.0.0.pak").RunAsync()).ExitCode);
    }

    private static async Task AssertNothingButNewAsync(ScratchDirectory carried)
    {
        var first = new FileInfo(carried.File("first.bundle")).Length;
        var second = new FileInfo(carried.File("second.bundle")).Length;
        var contents = await new Command("tar", "-xOf", carried.File("second.bundle"), "berth/contents.json").SucceedAsync();
        var names = await new Command("tar", "-tf", carried.File("second.bundle")).SucceedAsync();
        var earlier = await new Command("tar", "-tf", carried.File("first.bundle")).SucceedAsync();
        var before = earlier.Output.Split('\n');
        Assert.DoesNotContain(
            names.Output.Split('\n'), name => name.StartsWith("blobs/", StringComparison.Ordinal) && !name.EndsWith('/') && before.Contains(name));
        Assert.Contains("\"elsewhere\": [\n", contents.Output, StringComparison.Ordinal);
        Assert.True(second < first, $"{second} bytes after {first}");
    }

    private static async Task PreloadAsync(Site proxy)
    {
        var commands = Guide.Blocks.Single(block => block.Where == "proxy-side").Commands
            .Replace("--bundle carried/first.bundle", "--bundle carried/second.bundle --bundle carried/first.bundle", StringComparison.Ordinal);
        var installed = await proxy.Shell(commands).SucceedAsync();
        Assert.Contains("came from  the engine, which had it", installed.Output, StringComparison.Ordinal);
        await proxy.Shell($"! grep -q {Host} /etc/hosts").SucceedAsync();
    }
}
