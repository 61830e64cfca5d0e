using System.Net;
using System.Net.Sockets;
using Berth.Oci;
using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>What is said of hosts that do not answer, and of servers that are no registry.</summary>
public sealed class VersionCheckTests
{
    private const string Page = "text/html; charset=utf-8";

    [Theory]
    [InlineData(200, "application/json", null, FindingOutcome.Passed, "asks nobody for a login")]
    [InlineData(401, "application/json", "Bearer realm=\"http://127.0.0.1:1/token\",service=\"s\"", FindingOutcome.Passed, "with a token service")]
    [InlineData(401, Page, "Basic realm=\"r\"", FindingOutcome.Passed, "wants a login with every request (HTTP Basic)")]
    [InlineData(401, "application/json", null, FindingOutcome.Failed, "does not say in which form")]
    [InlineData(401, "application/json", "Negotiate", FindingOutcome.Failed, "does not say in which form")]
    [InlineData(200, Page, null, FindingOutcome.Failed, "a web server answers, and no registry")]
    [InlineData(403, Page, null, FindingOutcome.Failed, "a web server answers, and no registry")]
    [InlineData(404, "text/plain", null, FindingOutcome.Failed, "no registry at /v2/ (status 404)")]
    [InlineData(403, "application/json", null, FindingOutcome.Failed, "does not let this machine in at all")]
    [InlineData(429, "application/json", null, FindingOutcome.Failed, "limits requests")]
    [InlineData(500, Page, null, FindingOutcome.Failed, "the registry itself fails (status 500)")]
    [InlineData(502, Page, null, FindingOutcome.Failed, "the proxy in front does not get through to the registry (status 502)")]
    [InlineData(503, Page, null, FindingOutcome.Failed, "the proxy in front does not get through")]
    [InlineData(504, Page, null, FindingOutcome.Failed, "the proxy in front does not get through")]
    [InlineData(418, "text/plain", null, FindingOutcome.Failed, "answers /v2/ with status 418")]
    public async Task The_answer_to_v2_tells_what_is_there(int status, string type, string? challenge, FindingOutcome outcome, string expected)
    {
        (string, string)[] headers = challenge is null ? [] : [("WWW-Authenticate", challenge)];
        using var server = new ScriptedServer(_ => new ScriptedServer.Answer(status, "<p>hello", type, headers));

        var report = await Checked.RunAsync(server.Repository("team/a"));

        report.Expect(RegistryCheckStep.Registry, outcome, expected);
        if (outcome is FindingOutcome.Failed)
        {
            report.Expect(RegistryCheckStep.Push, FindingOutcome.Unknown, "not known, because the registry check failed");
            report.Expect(RegistryCheckStep.Pull, FindingOutcome.Unknown, "not known, because the registry check failed");
        }
    }

    [Fact]
    public async Task A_redirect_names_where_it_leads()
    {
        using var server = new ScriptedServer(_ => new ScriptedServer.Answer(302, Headers: [("Location", "https://login.example/")]));

        (await Checked.RunAsync(server.Repository("team/a"))).Expect(
            RegistryCheckStep.Registry, FindingOutcome.Failed, "/v2/ is redirected to https://login.example/");
    }

    [Fact]
    public async Task Something_that_speaks_no_HTTP_is_said_to_be_no_registry()
    {
        using var server = new CannedServer("SSH-2.0-OpenSSH_9.9\r\n");

        var report = await Checked.RunAsync(Repository($"127.0.0.1:{server.Address.Port}"));

        report.Expect(RegistryCheckStep.Connection, FindingOutcome.Passed);
        report.Expect(RegistryCheckStep.Certificate, FindingOutcome.Failed, "no TLS connection comes about", "openssl s_client");
        report.Expect(RegistryCheckStep.Registry, FindingOutcome.Unknown);
        report.Expect(RegistryCheckStep.Pull, FindingOutcome.Unknown);
    }

    [Fact]
    public async Task A_port_at_which_nothing_listens_is_told_and_the_rest_is_not_known()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var report = await Checked.RunAsync(Repository($"127.0.0.1:{port}"));

        report.Expect(RegistryCheckStep.Name, FindingOutcome.Passed);
        report.Expect(RegistryCheckStep.Connection, FindingOutcome.Failed, $"nothing listens at 127.0.0.1:{port} (connection refused)");
        foreach (var step in new[] { RegistryCheckStep.Certificate, RegistryCheckStep.Registry, RegistryCheckStep.Push, RegistryCheckStep.Pull })
            report.Expect(step, FindingOutcome.Unknown, "not known, because the connection check failed");
        Assert.Equal(FindingOutcome.Unknown, report[RegistryRequirement.Pull]);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told()
    {
        var report = await Checked.RunAsync(Repository("no-such-host.invalid:5000"));

        report.Expect(
            RegistryCheckStep.Name, FindingOutcome.Failed, "the name 'no-such-host.invalid' cannot be resolved here", "each Cloud Proxy has to resolve it, too");
        report.Expect(RegistryCheckStep.Connection, FindingOutcome.Unknown);
    }

    [Fact]
    public async Task A_server_that_stays_silent_does_not_keep_the_check_from_ending()
    {
        using var server = new CannedServer("");
        var options = Checked.Options(Repository($"127.0.0.1:{server.Address.Port}")) with { Timeout = TimeSpan.FromSeconds(1) };

        var report = await Checked.RunAsync(options);

        report.Expect(RegistryCheckStep.Certificate, FindingOutcome.Failed, "did not end within 1 s");
        report.Expect(RegistryCheckStep.Registry, FindingOutcome.Unknown);
    }

    private static Reference Repository(string host) => new(RegistryHost.Parse(host), RepositoryName.Parse("team/a"));
}
