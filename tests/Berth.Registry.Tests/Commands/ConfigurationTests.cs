using System.Text.Json;
using Berth.Registry.Tests.Storage;
using Berth.Server.Configuration;

namespace Berth.Registry.Tests.Commands;

public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Flags_win_over_the_environment_and_the_environment_over_the_file()
    {
        var file = Write("""{ "Server": { "Url": "http://file", "ShutdownSeconds": 7, "Listen": ["http://*:1", "http://*:2"] }, "Log": { "Level": "error" } }""");
        using var berth = BerthProcess.Start(
            new Dictionary<string, string> { ["BERTH__Server__Url"] = "http://environment", ["BERTH__Log__Level"] = "warning", ["BERTH__STORAGE__DATA"] = "/from/environment" },
            "serve", "--config", file, "--url", "http://flag", "--listen", "http://*:3", "--print-config");
        var json = await berth.ReadToEndAsync();

        var settings = JsonDocument.Parse(json).RootElement;
        Assert.Equal("http://flag/", settings.GetProperty("Server").GetProperty("Url").GetString());
        Assert.Equal("warning", settings.GetProperty("Log").GetProperty("Level").GetString());
        Assert.Equal(7, settings.GetProperty("Server").GetProperty("ShutdownSeconds").GetInt32());
        Assert.Equal("/from/environment", settings.GetProperty("Storage").GetProperty("Data").GetString());
        Assert.Equal(["http://*:3"], settings.GetProperty("Server").GetProperty("Listen").EnumerateArray().Select(url => url.GetString()));
        Assert.Equal(0, await berth.WaitAsync());
    }

    [Fact]
    public async Task What_is_printed_is_a_configuration_file()
    {
        var defaults = (await CommandRun.OfAsync("", "serve", "--print-config")).Output;
        var again = (await CommandRun.OfAsync("", "serve", "--print-config", "--config", Write(defaults))).Output;
        Assert.Equal(defaults, again);
        Assert.Contains("\"http://127.0.0.1:5000\"", defaults, StringComparison.Ordinal);
        Assert.Contains("\"./berth-data\"", defaults, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{ "Server": { "Lisen": "http://*:1" } }""", "no setting 'Server:Lisen'")]
    [InlineData("""{ "Server": { "Url": { "Deep": "http://*:1" } } }""", "no setting 'Server:Url:Deep'")]
    public async Task A_file_that_cannot_be_used_is_refused(string json, string problem) =>
        (await CommandRun.OfAsync("", "serve", "--print-config", "--config", Write(json))).AssertFailed(2, problem);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1/32")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("fd00::/8;::1", "fd00::/8 ::1/128")]
    public async Task Trusted_proxies_are_addresses_or_networks(string given, string inForce)
    {
        using var berth = BerthProcess.Start(
            new Dictionary<string, string> { ["BERTH__Server__TrustedProxies"] = given }, "serve", "--print-config");
        var proxies = JsonDocument.Parse(await berth.ReadToEndAsync()).RootElement.GetProperty("Server").GetProperty("TrustedProxies");
        Assert.Equal(inForce, string.Join(' ', proxies.EnumerateArray()));
    }

    [Fact]
    public async Task Private_repositories_are_beginnings_of_names()
    {
        var printed = await CommandRun.OfAsync("", "serve", "--print-config", "--private", "team/secret/", "--private", "*");
        var names = JsonDocument.Parse(printed.Output).RootElement.GetProperty("Access").GetProperty("Private").EnumerateArray();
        Assert.Equal(["team/secret", "*"], names.Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("indexes")]
    [InlineData("refuse")]
    public async Task The_setting_for_sparse_manifests_has_three_values(string value)
    {
        var printed = await CommandRun.OfAsync("", "serve", "--print-config", "--config", Write($$"""{ "Manifests": { "Sparse": "{{value}}" } }"""));
        Assert.Contains($"\"Sparse\": \"{value}\"", printed.Output, StringComparison.Ordinal);
        (await CommandRun.OfAsync("", "serve", "--print-config", "--config", Write("""{ "Manifests": { "Sparse": "maybe" } }""")))
            .AssertFailed(2, "refuse, indexes or accept");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:0")]
    [InlineData("http://*:80")]
    [InlineData("https://0.0.0.0:443")]
    public void An_address_to_listen_on_is_read_and_written(string url) => Assert.Equal(url, ListenUrl.Parse(url).ToString());

    public void Dispose() => _directory.Dispose();

    private string Write(string json)
    {
        File.WriteAllText(_directory["berth.json"], json);
        return _directory["berth.json"];
    }
}
