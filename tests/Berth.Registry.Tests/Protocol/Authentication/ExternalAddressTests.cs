using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Authentication;

/// <summary>How the registry is known from outside.</summary>
public sealed class ExternalAddressTests
{
    [Theory]
    [InlineData("https://registry.example", "https://registry.example/token")]
    [InlineData("https://registry.example/", "https://registry.example/token")]
    [InlineData("https://example.org:8443/berth", "https://example.org:8443/berth/token")]
    public async Task The_public_URL_is_the_realm(string url, string realm)
    {
        await using var server = new BerthServer { Configure = options => options with { Url = new Uri(url) } };
        await server.InitializeAsync();
        using var response = await server.Client.GetAsync("/v2/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains($"realm=\"{realm}\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }
}
