using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>Other hosts over SSH: a real sshd, on a site with an engine and a registry of its own.</summary>
[Collection(EngineTests.Name)]
public sealed class RemoteTests
{
    private const string Proxy = "ssh://root@registry.example";
    private const string Second = "ssh://root@registry.example:2222";
    private const string Pak = "hostwatch/build/HostWatch_1.0.0.pak";

    [Fact]
    public async Task A_pak_is_checked_and_preloaded_on_hosts_over_SSH_and_nothing_stays_there()
    {
        using var scratch = new ScratchDirectory();
        await using var site = await StartAsync(scratch);

        var unknown = await site.Shell($"mp-install doctor {Pak} --from {Proxy} --identity key").RunAsync();
        Assert.Equal(42, unknown.ExitCode);
        Assert.Contains("registry.example is not known: its key is ssh-ed25519 SHA256:", unknown.Errors, StringComparison.Ordinal);

        await site.Shell(Know("host1.pub", "registry.example") + Know("host2.pub", "[registry.example]:2222")).SucceedAsync();
        var doctor = await site.Shell($"mp-install doctor {Pak} --from {Proxy} {Access}").SucceedAsync();
        Assert.Contains("has not the image yet, and would pull it", doctor.Output, StringComparison.Ordinal);

        await site.Shell($"printf '# proxies\\n\\n{Second}\\n' > hosts").SucceedAsync();
        var preload = await site.Shell(
            $"printf %s \"$PASSWORD\" | mp-install preload {Pak} --registry-username builder --password-stdin --host {Proxy} --hosts hosts {Access}")
            .With("PASSWORD", "secret of builder").SucceedAsync();
        Assert.Equal(2, preload.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal) && line.Contains("has it (", StringComparison.Ordinal)));
        Assert.Contains("pull-with-login", preload.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret of builder", preload.Output + preload.Errors, StringComparison.Ordinal);

        Assert.Contains(
            "has the image by that digest", (await site.Shell($"mp-install doctor {Pak} --from {Proxy} {Access}").SucceedAsync()).Output, StringComparison.Ordinal);
        await SshHosts.AssertNothingStaysAsync(site);
    }

    [Fact]
    public async Task A_host_that_is_somebody_else_or_not_there_has_its_line_and_the_others_are_preloaded()
    {
        using var scratch = new ScratchDirectory();
        await using var site = await StartAsync(scratch);
        await site.Shell(Know("host1.pub", "registry.example") + Know("host1.pub", "[registry.example]:2222")).SucceedAsync();

        var preload = await site.Shell(
            $"mp-install preload {Pak} --host {Proxy} --host {Second} --host ssh://nobody.example --host ssh://root@registry.example:2 {Access}").RunAsync();

        Assert.Equal(55, preload.ExitCode);
        Assert.Matches("(?m)^ok +root@registry.example +has it", preload.Output);
        Assert.Matches("(?m)^failed +root@registry.example:2222 +.*shows another key", preload.Output);
        Assert.Matches("(?m)^failed +root@nobody.example +", preload.Output);
        Assert.Matches("(?m)^failed +root@registry.example:2 +.*refused", preload.Output);
    }

    private const string Access = "--identity key --known-hosts known";

    /// <summary>A hashed line, as OpenSSH writes it on Debian.</summary>
    private static string Know(string key, string name) => $"echo \"{name} $(cut -d' ' -f1,2 {key})\" > one; ssh-keygen -q -H -f one; cat one >> known\n";

    private static async Task<Site> StartAsync(ScratchDirectory scratch)
    {
        SampleProject.CopyTo(scratch, "hostwatch");
        var site = await Site.StartAsync(scratch.FullName, "registry.example");
        foreach (var block in Guide.Read("berth.md").Blocks.TakeWhile(block => !block.Commands.Contains("berth backup", StringComparison.Ordinal)))
        {
            if (block.Where == "serve")
                await site.ServeAsync(block.Commands);
            else if (!block.Commands.Contains("mp-install", StringComparison.Ordinal))
                await site.Shell(block.Commands).With("PASSWORD", "secret of builder").SucceedAsync();
        }

        await SshHosts.StartAsync(site, "198.18.0.1:22", "198.18.0.1:2222");
        return site;
    }
}
