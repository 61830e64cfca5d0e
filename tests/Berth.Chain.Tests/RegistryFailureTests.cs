using Berth.Chain.Tests.Chain;

namespace Berth.Chain.Tests;

/// <summary>
/// A registry that a Cloud Proxy cannot pull from, each for another reason: its own message, its own exit code. Where an engine treats loopback
/// addresses in a kinder way, the registry has another address.
/// </summary>
[Collection(EngineTests.Name)]
public sealed class RegistryFailureTests(PrivateSite site) : IClassFixture<PrivateSite>
{
    private const string Nothing = "sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";

    [Theory]
    [InlineData(PrivateSite.UnknownAuthority, 22, "is signed by an authority that this engine does not know")]
    [InlineData(PrivateSite.OtherName, 23, "is not valid for it")]
    [InlineData(PrivateSite.Expired, 23, "is not valid for it")]
    [InlineData("nowhere.example", 24, "does not resolve here")]
    [InlineData("registry.example:1", 25, "Nothing listens at registry.example:1")]
    [InlineData("198.18.9.1", 26, "gives no answer")]
    [InlineData(PrivateSite.Plain, 28, "speaks plain HTTP")]
    public async Task A_registry_that_cannot_be_used_is_told_from_every_other(string registry, int exitCode, string expected)
    {
        var pak = site.WritePak(registry, "packs/hostwatch", Nothing);

        var install = await site.Shell($"mp-install {pak}").RunAsync();

        Assert.True(install.ExitCode == exitCode, $"{install}");
        Assert.Contains("mp-install: pull: ", install.Errors, StringComparison.Ordinal);
        Assert.Contains(expected, install.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_that_makes_an_authority_known_is_named_and_is_the_right_one()
    {
        var pak = site.WritePak(PrivateSite.UnknownAuthority, "packs/hostwatch", Nothing);
        var before = await site.Shell($"mp-install {pak}").RunAsync();
        const string file = $"/etc/docker/certs.d/{PrivateSite.UnknownAuthority}/ca.crt";
        Assert.Contains($"Place its CA certificate at {file}", before.Errors, StringComparison.Ordinal);

        await site.Shell($"mkdir -p $(dirname {file}) && cp authority.crt {file}").SucceedAsync();
        var after = await site.Shell($"mp-install {pak}").RunAsync();
        await site.Shell($"rm {file}").SucceedAsync();

        Assert.True(after.ExitCode == 20, $"{after}");
        Assert.Contains("has no image with this digest", after.Errors, StringComparison.Ordinal);
    }
}
