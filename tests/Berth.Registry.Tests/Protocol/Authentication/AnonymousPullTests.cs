using System.Net;
using System.Text.Json;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Authentication;

/// <summary>What an appliance does: pull with no credential at all, or with the token that anybody gets.</summary>
public sealed class AnonymousPullTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_public_image_is_pulled_by_digest_without_a_login(bool withToken)
    {
        var manifest = await PushImageAsync("v1", "layer of the adapter");
        (string, string)[] credential = withToken ? [("Authorization", $"Bearer {await AnonymousTokenAsync()}")] : [];

        using var pulled = await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf(manifest)}", null, null, credential);
        using var layer = await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf("layer of the adapter")}", null, null, credential);
        using var tags = await SendAsync("GET", $"/v2/{Repository}/tags/list", null, null, credential);

        Assert.Equal(manifest, await BodyAsync(pulled));
        Assert.Equal("layer of the adapter", await BodyAsync(layer));
        Assert.Equal(HttpStatusCode.OK, tags.StatusCode);
    }

    [Theory]
    [InlineData("GET", "manifests/v1")]
    [InlineData("HEAD", "manifests/v1")]
    [InlineData("GET", "blobs/{0}")]
    [InlineData("HEAD", "blobs/{0}")]
    [InlineData("GET", "tags/list")]
    [InlineData("GET", "referrers/{0}")]
    public async Task No_challenge_comes_before_public_content(string method, string address)
    {
        await PushImageAsync("v1");
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, DigestOf("layer"));
        var answer = await SendRawAsync($"{method} /v2/{Repository}/{target}", null, []);
        Assert.Equal(200, answer.Status);
        Assert.Empty(answer.Lines("WWW-Authenticate"));
    }

    [Fact]
    public async Task An_anonymous_token_satisfies_the_base()
    {
        using var response = await SendAsync("GET", "/v2/", null, null, ("Authorization", $"Bearer {await AnonymousTokenAsync()}"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "blobs/uploads/")]
    [InlineData("PATCH", "blobs/uploads/0123456789abcdef0123456789abcdef")]
    [InlineData("PUT", "blobs/uploads/0123456789abcdef0123456789abcdef")]
    [InlineData("GET", "blobs/uploads/0123456789abcdef0123456789abcdef")]
    [InlineData("DELETE", "blobs/uploads/0123456789abcdef0123456789abcdef")]
    [InlineData("PUT", "manifests/v1")]
    public async Task Pushing_takes_a_login(string method, string address)
    {
        using var bare = await SendAsync(method, $"/v2/{Repository}/{address}");
        using var withToken = await SendAsync(
            method, $"/v2/{Repository}/{address}", null, null, ("Authorization", $"Bearer {await AnonymousTokenAsync()}"));

        foreach (var response in (HttpResponseMessage[])[bare, withToken])
        {
            await AssertErrorAsync(response, 401, "UNAUTHORIZED");
            Assert.StartsWith(
                $"Bearer realm=\"{Server.Url}/token\",service=\"berth\",scope=\"repository:{Repository}:pull,push\"",
                Header(response, "WWW-Authenticate"),
                StringComparison.Ordinal);
        }
    }

    private async Task<string> AnonymousTokenAsync()
    {
        using var asked = await SendAsync("GET", $"/token?service=berth&scope=repository:{Repository}:pull,push");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        return JsonDocument.Parse(await BodyAsync(asked)).RootElement.GetProperty("token").GetString()!;
    }
}
