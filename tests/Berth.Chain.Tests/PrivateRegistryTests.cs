using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>docs/guides/private-registries.md, command by command, with proxies that are a real sshd each.</summary>
[Collection(EngineTests.Name)]
public sealed class PrivateRegistryTests
{
    private const string Host = "registry.example";
    private const string Address = "198.18.0.1";
    private const string Preload = "mp-install preload";

    [Fact]
    public async Task An_image_that_is_not_public_is_brought_to_the_proxies_and_installs()
    {
        using var scratch = new ScratchDirectory();
        SampleProject.CopyTo(scratch, "hostwatch");
        await using var site = await Site.StartAsync(scratch.FullName, Host, Address);
        await PrepareAsync(site);

        foreach (var block in Guide.Read("private-registries.md").Blocks)
        {
            switch (block.Where)
            {
                case "serve":
                    await site.ServeAsync(block.Commands);
                    break;
                case "without-registry":
                    await InstallAsync(site, block.Commands);
                    break;
                case "over-ssh":
                    await PreloadHostsAsync(site, block.Commands);
                    break;
                default:
                    if (block.Commands.Contains(Preload, StringComparison.Ordinal))
                        await AssertPrivateAsync(site);
                    await RunAsync(site, block.Commands);
                    break;
            }
        }
    }

    private static async Task PrepareAsync(Site site)
    {
        await site.Shell(Guide.Read("berth.md").Blocks[0].Commands).SucceedAsync();
        await site.Shell($"mkdir -p /etc/docker/certs.d/{Host} && cp ca.crt /etc/docker/certs.d/{Host}/").SucceedAsync();
    }

    private static Task<CommandResult> RunAsync(Site site, string commands) =>
        site.Shell(commands).With("PASSWORD", "secret of both").With("XDG_RUNTIME_DIR", "").SucceedAsync();

    /// <summary>What a Cloud Proxy would run into, with the login gone that copied the image.</summary>
    private static async Task AssertPrivateAsync(Site site)
    {
        var refused = await site.Shell("mp-install HostWatch_1.0.0.pak").RunAsync();
        Assert.True(refused.ExitCode == 21, $"{refused}");
    }

    private static async Task InstallAsync(Site site, string commands)
    {
        await site.Shell($"ip address delete {Address}/32 dev lo").SucceedAsync();
        var installed = await RunAsync(site, commands);
        await site.Shell($"ip address add {Address}/32 dev lo").SucceedAsync();
        Assert.Contains("came from  the engine, which had it", installed.Output, StringComparison.Ordinal);
    }

    /// <summary>The three have one engine, which has the image no longer: at least one of them pulls it.</summary>
    private static async Task PreloadHostsAsync(Site site, string commands)
    {
        string[] addresses = ["198.18.0.2", "198.18.0.3", "198.18.0.4"];
        foreach (var address in addresses)
            await site.Shell($"ip address add {address}/32 dev lo").SucceedAsync();
        await SshHosts.StartAsync(site, [.. addresses.Select(address => $"{address}:22")]);
        await site.Shell("mkdir ~/.ssh && cp key ~/.ssh/id_ed25519").SucceedAsync();
        for (var i = 1; i <= addresses.Length; i++)
        {
            await site.Shell(
                $"""
                echo "{addresses[i - 1]} proxy{i}" >> /etc/hosts
                echo "proxy{i} $(cut -d' ' -f1,2 host{i}.pub)" >> ~/.ssh/known_hosts
                """).SucceedAsync();
        }

        await site.Shell($"docker image rm --force $(docker image ls --quiet {Host}/private/hostwatch)").SucceedAsync();
        var preloaded = await RunAsync(site, commands);
        for (var i = 1; i <= addresses.Length; i++)
            Assert.Matches($@"(?m)^ok +root@proxy{i} +has it \(", preloaded.Output);
        Assert.Contains("(pull-with-login)", preloaded.Output, StringComparison.Ordinal);
        await SshHosts.AssertNothingStaysAsync(site);
    }
}
