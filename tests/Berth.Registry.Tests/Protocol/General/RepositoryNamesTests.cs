using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.General;

/// <summary>Repository names that look like the API's own words.</summary>
public sealed class RepositoryNamesTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("blobs/uploads")]
    [InlineData("manifests/manifests")]
    [InlineData("tags/list")]
    [InlineData("v2/token")]
    [InlineData("a/blobs/uploads")]
    [InlineData("manifests")]
    [InlineData("x/tags/list")]
    [InlineData("catalog")]
    [InlineData("a/referrers")]
    [InlineData("a")]
    public async Task Any_name_can_be_pushed_to_and_pulled_from(string name)
    {
        var repository = $"{name}/{Guid.NewGuid():N}/{name}";
        var manifest = await PushImageAsync("list", "layer", repository);
        var upload = await BeginUploadAsync(repository);
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("more")}", "more");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);

        using var pulled = await SendAsync("GET", $"/v2/{repository}/manifests/list");
        Assert.Equal(manifest, await BodyAsync(pulled));
        using var tags = await SendAsync("GET", $"/v2/{repository}/tags/list");
        Assert.Equal($$"""{"name":"{{repository}}","tags":["list"]}""", await BodyAsync(tags));
    }

    /// <summary>Several segments, the whole name included.</summary>
    [Theory]
    [InlineData("manifests")]
    [InlineData("blobs/uploads")]
    [InlineData("tags/list")]
    [InlineData("v2")]
    public async Task The_whole_name_may_be_a_word_of_the_api(string repository)
    {
        var manifest = await PushImageAsync("v1", "layer", repository);
        await AssertServedAsync($"/v2/{repository}/manifests/v1", manifest);
        await AssertServedAsync($"/v2/{repository}/blobs/{DigestOf("layer")}", "layer");
    }

    [Theory]
    [InlineData("UPPER")]
    [InlineData("a/Upper")]
    [InlineData("_catalog/x")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a___b")]
    [InlineData("a//b")]
    [InlineData("%C3%A9")]
    [InlineData("a%2Fb")]
    [InlineData("a%20b")]
    [InlineData("a%5Cb")]
    public async Task Other_names_are_refused(string name)
    {
        foreach (var (method, verb) in (ValueTuple<string, string>[])[("GET", "tags/list"), ("PUT", "manifests/v1"), ("POST", "blobs/uploads/"), ("GET", "blobs/x")])
        {
            var answer = await SendRawAsync($"{method} /v2/{name}/{verb}", BerthServer.Pusher, []);
            Assert.Equal((400, "NAME_INVALID"), (answer.Status, answer.ErrorCode));
        }
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task A_name_has_up_to_255_characters(int length, int status)
    {
        using var pushed = await PushAsync("POST", $"/v2/{new string('n', length)}/blobs/uploads/?digest={DigestOf("{}")}", "{}");
        Assert.Equal(status, (int)pushed.StatusCode);
    }
}
