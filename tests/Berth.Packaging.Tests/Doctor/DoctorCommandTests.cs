using System.Text.Json;
using Berth.MpBuild;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>mp-build doctor as it is run.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Findings_and_requirements_go_to_standard_output_a_line_each()
    {
        await using var registry = await DebianRegistry.StartAsync();

        var result = await RunAsync($"{registry.Host}/team/a");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(
            ["ok       name         ", "ok       connection   ", "warning  certificate  ", "ok       registry     ", "warning  push         ", "ok       pull         "],
            result.Output.Split("\n\n")[0].Split('\n').Select(line => line[..22]));
        Assert.Equal(
            [
                "warning  it can be reached, with TLS that is trusted", "warning  the image can be pushed, with a login",
                "ok       the image can be pulled, without a login",
            ],
            result.Output.TrimEnd().Split("\n\n")[1].Split('\n'));
    }

    [Fact]
    public async Task The_same_as_JSON()
    {
        var result = await RunAsync("no-such-host.invalid:5000/team/a", "--output", "json");

        Assert.Equal(ExitCodes.Push, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal("no-such-host.invalid:5000/team/a", root.GetProperty("repository").GetString());
        Assert.False(root.GetProperty("ok").GetBoolean());
        var first = root.GetProperty("findings")[0];
        Assert.Equal(
            ("name", "no-such-host.invalid:5000", "failed"),
            (first.GetProperty("check").GetString(), first.GetProperty("host").GetString(), first.GetProperty("outcome").GetString()));
        Assert.NotNull(first.GetProperty("fix").GetString());
        Assert.Equal(["failed", "unknown", "unknown"], root.GetProperty("requirements").EnumerateArray().Select(one => one.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_pull_that_fails_alone_has_its_own_exit_code()
    {
        await using var registry = await DebianRegistry.StartAsync();

        var result = await RunAsync("no-such-host.invalid:5000/team/a", "--push-registry", $"{registry.Host}/team/a");

        Assert.Equal(ExitCodes.Verify, result.ExitCode);
        Assert.Contains($"warning  push         {registry.Host}: anybody may push", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authority_s_certificate_is_written_to_the_file_that_is_asked_for()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue("127.0.0.1").With(_authority.Pem));

        var result = await RunAsync($"{registry.Host}/team/a", "--save-ca", "ca.crt");

        Assert.Equal(ExitCodes.Push, result.ExitCode);
        Assert.Equal(_authority.Pem, await File.ReadAllTextAsync(_directory.Path("ca.crt"), TestContext.Current.CancellationToken));
        Assert.Contains($"holds the certificate of '{TestAuthority.Name}'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_the_server_does_not_send_its_authority_is_said()
    {
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue("127.0.0.1"));

        var result = await RunAsync($"{registry.Host}/team/a", "--save-ca", "ca.crt");

        Assert.Contains("is the highest one that the server sends, and not the one of its authority", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory.Path("ca.crt")));
    }

    [Fact]
    public async Task Where_no_certificate_is_needed_none_is_written()
    {
        await using var registry = await DebianRegistry.StartAsync();

        var result = await RunAsync($"{registry.Host}/team/a", "--save-ca", "ca.crt");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("ca.crt is not written", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Path("ca.crt")));
    }

    [Fact]
    public async Task An_authority_of_this_machine_alone_is_a_warning_although_the_system_trusts_it()
    {
        var file = _directory.Write("house.pem", _authority.Pem);
        await using var registry = await DebianRegistry.StartAsync(_authority.Issue("127.0.0.1"));

        var result = await Build.MpBuild.RunAsync(_directory.FullPath, ["doctor", $"{registry.Host}/team/a"], ("SSL_CERT_FILE", file));

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains($"'{TestAuthority.Name}' that signed the certificate is trusted on this machine through {file}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_comes_from_standard_input_and_is_said_to()
    {
        using var server = new ScriptedServer(request => new ScriptedServer.Answer(401, Headers: [("WWW-Authenticate", "Basic realm=\"r\"")]));
        using var run = Build.MpBuild.Start(
            _directory.FullPath, ["doctor", $"{server.Host}/team/a", "--registry-username", "me", "--password-stdin"]);
        await run.WriteInputAsync("s3cret\n");

        var result = await run.EndAsync();

        Assert.Equal(ExitCodes.Push, result.ExitCode);
        Assert.Contains("the login of 'me' from --registry-username and standard input is refused", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_login_is_used_and_its_file_named()
    {
        using var server = new ScriptedServer(request => new ScriptedServer.Answer(401, Headers: [("WWW-Authenticate", "Basic realm=\"r\"")]));
        _directory.Write("config.json", $$"""{"auths":{"{{server.Host}}":{"auth":"bWU6czNjcmV0"} } }""");

        var result = await RunAsync($"{server.Host}/team/a");

        Assert.Contains($"the login of 'me' from {_directory.Path("config.json")} is refused", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_helper_that_is_not_there_is_told_with_the_file_that_names_it()
    {
        using var server = new ScriptedServer(request => new ScriptedServer.Answer(401, Headers: [("WWW-Authenticate", "Basic realm=\"r\"")]));
        _directory.Write("config.json", """{"credsStore":"nobody"}""");

        var result = await RunAsync($"{server.Host}/team/a");

        Assert.Contains("the stored login cannot be read; fix: ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{_directory.Path("config.json")} keeps its logins in docker-credential-nobody, which is not on the PATH", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_does_not_get_through_is_blamed_and_not_the_name()
    {
        using var proxy = new CannedServer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");

        var result = await Build.MpBuild.RunAsync(
            _directory.FullPath, ["doctor", "no-such-host.invalid/team/a"], ("HTTPS_PROXY", $"http://me:s3cret@{proxy.Address}"), ("NO_PROXY", ""));

        Assert.Contains($"warning  name         no-such-host.invalid: the name 'no-such-host.invalid' cannot be resolved here", result.Output, StringComparison.Ordinal);
        Assert.Contains($"through the proxy {proxy.Address} of the environment", result.Output, StringComparison.Ordinal);
        Assert.Contains($"the proxy {proxy.Address} of the environment does not get through", result.Output, StringComparison.Ordinal);
        Assert.Contains("or name no-such-host.invalid in NO_PROXY", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REPOSITORY: 'h.example/a:1' has a tag", "h.example/a:1")]
    [InlineData("--push-registry: 'https://h.example/a' is a URL", "h.example/a", "--push-registry", "https://h.example/a")]
    [InlineData("A password needs --registry-username.", "h.example/a", "--password-stdin")]
    [InlineData("MP_BUILD_REGISTRY_PASSWORD", "h.example/a", "--registry-username", "me")]
    [InlineData("Required argument 'REPOSITORY' missing")]
    public async Task Wrong_usage_ends_with_2(string expected, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(expected, result.Problems[0], StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private Task<Build.MpBuild.Result> RunAsync(params string[] arguments) => Build.MpBuild.RunAsync(_directory.FullPath, ["doctor", .. arguments]);
}
