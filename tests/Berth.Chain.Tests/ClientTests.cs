using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Registry;

namespace Berth.Chain.Tests;

/// <summary>Other people's clients against `berth serve`: push with a login, pull without one, no push without one.</summary>
[Collection(EngineTests.Name)]
public sealed class ClientTests
{
    [Fact]
    public async Task Docker_pushes_with_a_login_and_pulls_without_one_by_tag_and_digest()
    {
        await using var bench = await ClientBench.StartAsync();
        var image = await bench.BuildImageAsync("docker");

        await bench.Docker("login", "--username", bench.Login.Name, "--password-stdin", bench.Host)
            .Reading(bench.Login.Password).SucceedAsync();
        await bench.Docker("push", image).SucceedAsync();
        var digest = await bench.DigestAsync("docker");
        await bench.Docker("logout", bench.Host).SucceedAsync();

        foreach (var reference in new[] { image, $"{bench.Host}/team/docker@{digest}" })
        {
            await bench.ForgetAsync(image);
            await bench.Docker("pull", reference).SucceedAsync();
        }
    }

    [Fact]
    public async Task Docker_without_a_login_may_not_push()
    {
        await using var bench = await ClientBench.StartAsync();
        var image = await bench.BuildImageAsync("docker");

        var push = await bench.Docker("push", image).RunAsync();

        Assert.Matches("unauthorized|denied|no basic auth", push.Failed().Errors);
        Assert.Null(await bench.FindDigestAsync("docker"));
    }

    [Fact]
    public async Task Docker_login_with_a_wrong_password_is_refused()
    {
        await using var bench = await ClientBench.StartAsync();

        var login = await bench.Docker("login", "--username", bench.Login.Name, "--password-stdin", bench.Host).Reading("wrong").RunAsync();

        Assert.Contains("unauthorized", login.Failed().Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Podman_pushes_with_a_login_and_pulls_without_one_by_tag_and_digest()
    {
        await using var bench = await ClientBench.StartAsync();
        var image = $"{bench.Host}/team/podman:1";
        await bench.Podman("pull", $"docker-archive:{await bench.SaveImageAsync("podman")}").SucceedAsync();

        await bench.Podman("login", "--tls-verify=false", "--username", bench.Login.Name, "--password-stdin", bench.Host)
            .Reading(bench.Login.Password).SucceedAsync();
        await bench.Podman("push", "--tls-verify=false", image).SucceedAsync();
        var digest = await bench.DigestAsync("podman");
        await bench.Podman("logout", bench.Host).SucceedAsync();

        foreach (var reference in new[] { image, $"{bench.Host}/team/podman@{digest}" })
        {
            await bench.Podman("rmi", "--all", "--force").SucceedAsync();
            await bench.Podman("pull", "--tls-verify=false", reference).SucceedAsync();
        }
    }

    [Fact]
    public async Task Podman_without_a_login_may_not_push()
    {
        await using var bench = await ClientBench.StartAsync();
        await bench.Podman("pull", $"docker-archive:{await bench.SaveImageAsync("podman")}").SucceedAsync();

        var push = await bench.Podman("push", "--tls-verify=false", $"{bench.Host}/team/podman:1").RunAsync();

        Assert.Matches("unauthorized|denied|authentication required", push.Failed().Errors);
        Assert.Null(await bench.FindDigestAsync("podman"));
    }

    [Fact]
    public async Task Skopeo_copies_in_with_a_login_and_out_without_one_byte_for_byte()
    {
        await using var bench = await ClientBench.StartAsync();
        var archive = await bench.SaveImageAsync("skopeo");
        var image = $"docker://{bench.Host}/team/skopeo";

        await bench.Skopeo("login", "--tls-verify=false", "--username", bench.Login.Name, "--password-stdin", bench.Host)
            .Reading(bench.Login.Password).SucceedAsync();
        await bench.Skopeo("copy", "--dest-tls-verify=false", $"docker-archive:{archive}", $"{image}:1").SucceedAsync();
        var digest = await bench.DigestAsync("skopeo");
        await bench.Skopeo("logout", bench.Host).SucceedAsync();

        foreach (var reference in new[] { $"{image}:1", $"{image}@{digest}" })
        {
            var directory = bench.FreshDirectory();
            await bench.Skopeo("copy", "--src-tls-verify=false", "--preserve-digests", reference, $"dir:{directory}").SucceedAsync();
            var manifest = await File.ReadAllBytesAsync($"{directory}/manifest.json", TestContext.Current.CancellationToken);
            Assert.Equal(digest, Sha256.Of(manifest));
        }
    }

    [Fact]
    public async Task Skopeo_without_a_login_may_not_push()
    {
        await using var bench = await ClientBench.StartAsync();
        var archive = await bench.SaveImageAsync("skopeo");

        var copy = await bench
            .Skopeo("copy", "--dest-tls-verify=false", $"docker-archive:{archive}", $"docker://{bench.Host}/team/skopeo:1")
            .RunAsync();

        Assert.Matches("unauthorized|denied|authentication required", copy.Failed().Errors);
        Assert.Null(await bench.FindDigestAsync("skopeo"));
    }
}
