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
}
