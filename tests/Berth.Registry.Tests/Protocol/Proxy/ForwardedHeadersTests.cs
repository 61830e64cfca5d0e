using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Proxy;

/// <summary>What a proxy says of the client that it speaks for, and who is believed.</summary>
public sealed class ForwardedHeadersTests
{
    private static readonly (string, string)[] Forwarded =
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "registry.example:8443"), ("X-Forwarded-For", "203.0.113.9")];

    [Theory]
    [InlineData("127.0.0.1/32")]
    [InlineData("127.0.0.0/8")]
    public async Task A_trusted_proxy_names_scheme_and_host_of_the_token_service(string proxy)
    {
        await using var server = await StartAsync(proxy);

        Assert.Contains("realm=\"https://registry.example:8443/token\"", await ChallengeAsync(server, "/v2/", Forwarded), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Anybody_else_is_not_believed(string? proxy)
    {
        await using var server = await StartAsync(proxy);

        Assert.Contains($"realm=\"{server.Url}/token\"", await ChallengeAsync(server, "/v2/", Forwarded), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_URL_wins_over_what_a_proxy_says()
    {
        await using var server = await StartAsync("127.0.0.1/32", "https://public.example");

        Assert.Contains("realm=\"https://public.example/token\"", await ChallengeAsync(server, "/v2/", Forwarded), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_that_a_trusted_proxy_took_away_is_in_the_addresses_that_are_answered()
    {
        await using var server = await StartAsync("127.0.0.1/32");
        (string, string)[] prefixed = [.. Forwarded, ("X-Forwarded-Prefix", "/registry")];

        Assert.Contains("realm=\"https://registry.example:8443/registry/token\"", await ChallengeAsync(server, "/v2/", prefixed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_a_refused_login_names_the_client_and_not_the_proxy()
    {
        await using var server = await StartAsync("127.0.0.1/32");

        await ChallengeAsync(server, "/v2/", [.. Forwarded, ("Authorization", $"Basic {Convert.ToBase64String("nobody:wrong"u8)}")]);

        Assert.Contains(server.LogLines, line => line.Contains("'nobody' from 203.0.113.9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil\".example")]
    [InlineData("X-Forwarded-Host", "a b")]
    [InlineData("X-Forwarded-Proto", "ja va\"script")]
    public async Task What_is_no_host_or_scheme_does_not_get_into_a_challenge(string header, string value)
    {
        await using var server = await StartAsync("127.0.0.1/32");

        Assert.Contains($"realm=\"{server.Url}/token\"", await ChallengeAsync(server, "/v2/", (header, value)), StringComparison.Ordinal);
    }

    private static async Task<BerthServer> StartAsync(string? proxy, string? url = null)
    {
        var server = new BerthServer
        {
            Configure = options => options with
            {
                TrustedProxies = proxy is null ? [] : [IPNetwork.Parse(proxy)],
                Url = url is null ? null : new Uri(url),
            },
        };
        await server.InitializeAsync();
        return server;
    }

    private static async Task<string> ChallengeAsync(BerthServer server, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        return response.Headers.WwwAuthenticate.ToString();
    }
}
