using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Registry.Tests.Storage;

namespace Berth.Registry.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory["data"];

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task The_first_start_makes_an_administrator_and_a_signal_ends_it(string signal)
    {
        using var first = Serve(NoEnvironment);
        var url = Url(await first.ReadLineAsync());
        var password = first.Error.Split(": ")[1].Split('\n')[0].Trim();
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(url, password));
        await first.SignalAsync(signal);
        Assert.Equal(0, await first.WaitAsync());

        using var second = Serve(NoEnvironment);
        url = Url(await second.ReadLineAsync());

        Assert.Equal(HttpStatusCode.OK, await LogInAsync(url, password));
        Assert.DoesNotContain("password", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrators_password_can_be_given_in_the_environment()
    {
        using var berth = Serve(new Dictionary<string, string> { ["BERTH_ADMIN_PASSWORD"] = "chosen by hand" });
        var url = Url(await berth.ReadLineAsync());

        Assert.Equal(HttpStatusCode.OK, await LogInAsync(url, "chosen by hand"));
        Assert.DoesNotContain("chosen by hand", berth.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_password_that_cannot_be_is_refused_before_it_serves()
    {
        using var berth = Serve(new Dictionary<string, string> { ["BERTH_ADMIN_PASSWORD"] = "two\nlines" });
        Assert.Equal(2, await berth.WaitAsync());
        Assert.Contains("BERTH_ADMIN_PASSWORD: the password contains a control character", berth.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_password_is_taken_with_a_warning()
    {
        using var berth = Serve(new Dictionary<string, string> { ["BERTH_ADMIN_PASSWORD"] = "short" });
        var url = Url(await berth.ReadLineAsync());

        Assert.Equal(HttpStatusCode.OK, await LogInAsync(url, "short"));
        Assert.Contains("BERTH_ADMIN_PASSWORD: warning: the password has 5 characters", berth.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_JSON_when_asked_for()
    {
        using var berth = Serve(NoEnvironment, "--log-format", "json");
        using var client = new HttpClient();
        await client.GetAsync($"{Url(await berth.ReadLineAsync())}/healthz", TestContext.Current.CancellationToken);
        await berth.SignalAsync("TERM");
        await berth.WaitAsync();

        var line = berth.Error.Split('\n').First(line => line.Contains("/healthz", StringComparison.Ordinal));
        var state = System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("State");
        Assert.Equal("GET", state.GetProperty("Method").GetString());
        Assert.Equal(200, state.GetProperty("Status").GetInt32());
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_nothing_is_made()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";
        using var berth = BerthProcess.Start(NoEnvironment, "serve", "--data", Data, "--listen", url);

        Assert.Equal(1, await berth.WaitAsync());
        Assert.StartsWith("berth: ", berth.Error, StringComparison.Ordinal);
        Assert.Contains(url, Assert.Single(berth.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_directory_that_another_server_has_is_named()
    {
        using var first = Serve(NoEnvironment);
        await first.ReadLineAsync();
        (await RunAsync("--listen", "http://127.0.0.1:0")).AssertFailed(1, Data);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_directory["file"], "", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("", "serve", "--data", _directory["file"] + "/data")).AssertFailed(1, _directory["file"]);
    }

    [Theory]
    [InlineData("127.0.0.1:5000", "neither http:// nor https://")]
    [InlineData("http://registry.example:5000", "not an IP address")]
    [InlineData("http://127.0.0.1:99999", "65535")]
    [InlineData("http://127.0.0.1:port", "cannot listen")]
    [InlineData("http://127.0.0.1:5000/path", "has a path")]
    [InlineData("https://127.0.0.1:5000", "--tls-cert")]
    public async Task An_address_that_is_none_is_refused(string url, string problem) => (await RunAsync("--listen", url)).AssertFailed(2, problem);

    [Theory]
    [InlineData("--url", "registry.example", "public URL")]
    [InlineData("--url", "ftp://registry.example", "public URL")]
    [InlineData("--url", "https://registry.example/?x", "public URL")]
    [InlineData("--url", "https://registry.example/v2/", "leave /v2 out")]
    [InlineData("--trusted-proxy", "proxy.example", "no proxy's address")]
    [InlineData("--trusted-proxy", "10.0.0.0/33", "no proxy's address")]
    [InlineData("--private", "Team", "no beginning of repository names")]
    [InlineData("--private", "/", "no beginning of repository names")]
    [InlineData("--tls-cert", "cert.pem", "--tls-key")]
    [InlineData("--log-format", "xml", "line or json")]
    [InlineData("--log-level", "7", "debug, information")]
    [InlineData("--shutdown-seconds", "soon", "number of seconds")]
    [InlineData("--config", "/nowhere/berth.json", "/nowhere/berth.json")]
    [InlineData("--bogus", "x", "--bogus")]
    public async Task A_setting_that_cannot_be_is_refused(string flag, string value, string problem)
    {
        (await RunAsync(flag, value)).AssertFailed(2, problem);
        Assert.False(Directory.Exists(Data));
    }

    public void Dispose() => _directory.Dispose();

    private static string Url(string readyLine)
    {
        Assert.StartsWith("berth is serving http://127.0.0.1:", readyLine, StringComparison.Ordinal);
        return readyLine.Split(' ')[3];
    }

    private static async Task<HttpStatusCode> LogInAsync(string url, string password)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}/v2/_catalog");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{password}")));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync("", ["serve", "--data", Data, .. arguments]);

    private BerthProcess Serve(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        BerthProcess.Start(environment, ["serve", "--data", Data, "--listen", "http://127.0.0.1:0", .. arguments]);
}
