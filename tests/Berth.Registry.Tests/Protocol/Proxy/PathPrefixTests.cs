using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Proxy;

/// <summary>A registry that a proxy serves below a path: the whole of a push and a pull, with the prefix left in or taken away by the proxy.</summary>
public sealed class PathPrefixTests(PathPrefixTests.PrefixedServer server) : RegistryTest(server), IClassFixture<PathPrefixTests.PrefixedServer>
{
    private const string Prefix = "/tools/registry";

    [Theory]
    [InlineData(Prefix)]
    [InlineData("")]
    public async Task A_push_in_chunks_follows_addresses_that_have_the_prefix(string asked)
    {
        using var begun = await PushAsync("POST", $"{asked}/v2/{Repository}/blobs/uploads/");
        var session = Header(begun, "Location");
        using var patched = await PushAsync("PATCH", session, "some bytes");
        using var put = await PushAsync("PUT", $"{Header(patched, "Location")}?digest={DigestOf("some bytes")}");
        using var pulled = await SendAsync("GET", Header(put, "Location"));

        Assert.StartsWith($"{Prefix}/v2/{Repository}/blobs/uploads/", session, StringComparison.Ordinal);
        Assert.Equal($"{Prefix}/v2/{Repository}/blobs/{DigestOf("some bytes")}", Header(put, "Location"));
        Assert.Equal("some bytes", await BodyAsync(pulled));
    }

    [Theory]
    [InlineData(Prefix)]
    [InlineData("")]
    public async Task Manifests_and_pages_of_lists_have_it_too(string asked)
    {
        var manifest = await PushImageAsync("one");
        using var put = await PutManifestAsync("two", manifest);
        using var tags = await SendAsync("GET", $"{asked}/v2/{Repository}/tags/list?n=1");

        Assert.StartsWith($"{Prefix}/v2/{Repository}/manifests/", Header(put, "Location"), StringComparison.Ordinal);
        Assert.Equal($"<{Prefix}/v2/{Repository}/tags/list?n=1&last=one>; rel=\"next\"", Header(tags, "Link"));
    }

    [Fact]
    public async Task The_token_service_is_found_below_it()
    {
        using var challenged = await SendAsync("GET", $"{Prefix}/v2/");
        using var token = await SendAsync("GET", $"{Prefix}/token");

        Assert.Contains($"realm=\"https://tools.example{Prefix}/token\"", Header(challenged, "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, token.StatusCode);
    }

    [Theory]
    [InlineData("/tools/registryv2/")]
    [InlineData("/tools/v2/")]
    [InlineData("/TOOLS/registry/v2/")]
    public async Task What_only_looks_like_the_prefix_is_not_found(string address)
    {
        using var response = await SendAsync("GET", address);
        await AssertErrorAsync(response, 404, OciError.NotFound.Code);
    }

    public sealed class PrefixedServer : BerthServer
    {
        public PrefixedServer() => Configure = options => options with { Url = new Uri($"https://tools.example{Prefix}/") };
    }
}
