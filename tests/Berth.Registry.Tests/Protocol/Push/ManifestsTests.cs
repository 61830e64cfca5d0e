using System.Net;
using System.Text;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class ManifestsTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task A_manifest_comes_back_byte_for_byte_by_tag_and_by_digest()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}").Replace("\"layers\"", "  \"unknown\" : [1.50, {\"é\":\"\\u00e9\\/\"}],\n\t\"data\":\"e30=\",\r\n\"layers\"", StringComparison.Ordinal) + "\n";
        using var pushed = await PutManifestAsync("v1", manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal($"{DigestOf(manifest)}", Header(pushed, "Docker-Content-Digest"));
        Assert.Equal($"/v2/{Repository}/manifests/{DigestOf(manifest)}", Header(pushed, "Location"));

        foreach (var reference in (string[])["v1", $"{DigestOf(manifest)}"])
        {
            using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/{reference}");
            using var head = await SendAsync("HEAD", $"/v2/{Repository}/manifests/{reference}");
            Assert.Equal(manifest, await BodyAsync(get));
            Assert.Equal("", await BodyAsync(head));
            AssertDescribed(get, manifest);
            AssertDescribed(head, manifest);
        }
    }

    [Theory]
    [InlineData(MediaTypes.OciManifest + "; charset=utf-8", MediaTypes.OciManifest)]
    [InlineData(" " + MediaTypes.OciManifest + " ;x=y", MediaTypes.OciManifest)]
    public async Task Parameters_of_the_content_type_are_ignored(string sent, string served)
    {
        await PushBlobAsync("{}");
        using var pushed = await PutManifestAsync("v1", Image("{}"), null, sent);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        using var get = await SendAsync("HEAD", $"/v2/{Repository}/manifests/v1");
        Assert.Equal(served, Header(get, "Content-Type"));
    }

    [Theory]
    [InlineData(MediaTypes.OciManifest)]
    [InlineData(null)]
    public async Task Without_a_content_type_the_content_says_what_it_is(string? declared)
    {
        await PushBlobAsync("{}");
        var image = declared is null ? Image("{}").Replace($"\"mediaType\":\"{MediaTypes.OciManifest}\",", "", StringComparison.Ordinal) : Image("{}");
        var put = await SendRawAsync($"PUT /v2/{Repository}/manifests/v1", BerthServer.Pusher, [], image);
        Assert.Equal(201, put.Status);
        using var get = await SendAsync("HEAD", $"/v2/{Repository}/manifests/v1");
        Assert.Equal(MediaTypes.OciManifest, Header(get, "Content-Type"));
    }

    [Fact]
    public async Task Putting_a_manifest_again_changes_nothing()
    {
        var manifest = await PushImageAsync("v1");
        using var again = await PutManifestAsync("v1", manifest);
        using var byDigest = await PutManifestAsync($"{DigestOf(manifest)}", manifest);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (again.StatusCode, byDigest.StatusCode));
        await AssertServedAsync($"/v2/{Repository}/manifests/v1", manifest);
    }

    [Fact]
    public async Task A_tag_moves_to_the_manifest_put_last()
    {
        var first = await PushImageAsync("latest", "one");
        var second = await PushImageAsync("latest", "two");

        using var latest = await SendAsync("GET", $"/v2/{Repository}/manifests/latest");
        Assert.Equal(second, await BodyAsync(latest));
        using var earlier = await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf(first)}");
        Assert.Equal(first, await BodyAsync(earlier));
    }

    private static void AssertDescribed(HttpResponseMessage response, string manifest)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaTypes.OciManifest, Header(response, "Content-Type"));
        Assert.Equal($"{Encoding.UTF8.GetByteCount(manifest)}", Header(response, "Content-Length"));
        Assert.Equal($"{DigestOf(manifest)}", Header(response, "Docker-Content-Digest"));
        Assert.Equal($"\"{DigestOf(manifest)}\"", Header(response, "ETag"));
    }
}
