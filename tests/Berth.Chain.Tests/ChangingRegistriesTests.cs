using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>docs/guides/changing-registries.md, command by command: two registries on a site, of which the old one goes.</summary>
[Collection(EngineTests.Name)]
public sealed class ChangingRegistriesTests
{
    private const string Old = "old.example";
    private const string OldAddress = "198.18.0.2";
    private const string New = "registry.example";
    private const string NewAddress = "198.18.0.1";
    private const string Password = "secret of builder";

    [Fact]
    public async Task A_pak_and_its_image_move_to_another_registry_and_the_old_one_is_needed_no_longer()
    {
        using var scratch = new ScratchDirectory();
        SampleProject.CopyTo(scratch, "hostwatch");
        await using var site = await Site.StartAsync(scratch.FullName, New, NewAddress);
        await PrepareAsync(site, scratch);

        foreach (var block in Guide.Read("changing-registries.md").Blocks)
        {
            if (block.Where == "without-the-old")
                await InstallAsync(site, block.Commands);
            else
                await RunAsync(site, block.Commands);
        }
    }

    private static async Task PrepareAsync(Site site, ScratchDirectory scratch)
    {
        await site.Shell($"ip address add {OldAddress}/32 dev lo && echo '{OldAddress} {Old}' >> /etc/hosts").SucceedAsync();
        using var authority = new PrivateAuthority("Our packs");
        scratch.Write("ca.crt", authority.Certificate);
        foreach (var (name, address) in new[] { (Old, OldAddress), (New, NewAddress) })
        {
            var now = TimeProvider.System.GetUtcNow();
            var (certificate, key) = authority.Issue(name, now.AddDays(-1), now.AddDays(30));
            scratch.Write($"{name}.crt", certificate);
            scratch.Write($"{name}.key", key);
            await site.ServeAsync($"exec berth serve --data {name} --listen https://{address}:443 --tls-cert {name}.crt --tls-key {name}.key");
            await RunAsync(
                site,
                $"""
                printf %s "$PASSWORD" | berth user add builder --password-stdin --data {name}
                mkdir -p /etc/docker/certs.d/{name} && cp ca.crt /etc/docker/certs.d/{name}/
                """);
        }

        await RunAsync(
            site, $"printf %s \"$PASSWORD\" | mp-build -p hostwatch -r {Old}/packs/hostwatch --registry-username builder --password-stdin --no-ttl");
    }

    private static Task<CommandResult> RunAsync(Site site, string commands) =>
        site.Shell(commands).With("PASSWORD", Password).With("XDG_RUNTIME_DIR", "").SucceedAsync();

    private static async Task InstallAsync(Site site, string commands)
    {
        await site.Shell($"ip address delete {OldAddress}/32 dev lo").SucceedAsync();
        var installed = await RunAsync(site, commands);
        Assert.Contains("came from  an anonymous pull by digest", installed.Output, StringComparison.Ordinal);
        Assert.Contains($"{New}/packs/hostwatch@sha256:", installed.Output, StringComparison.Ordinal);
    }
}
