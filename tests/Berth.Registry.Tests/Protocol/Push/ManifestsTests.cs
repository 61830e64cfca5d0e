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
        var manifest = Image("{}").Replace("\"layers\"", "  \"unknown\" : [1, {}],\n\t\"layers\"", StringComparison.Ordinal) + "\n";
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
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("application/vnd.docker.distribution.manifest.v2+json, application/json;q=0.5")]
    public async Task The_stored_type_is_served_whatever_is_accepted(string? accept)
    {
        var manifest = await PushImageAsync("v1");
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/v1", null, null, accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        AssertDescribed(get, manifest);
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

    [Fact]
    public async Task An_index_of_images_is_stored_after_them()
    {
        var child = await PushImageAsync("child");
        var index = Index(child);
        using var pushed = await PutManifestAsync("index", index, null, MediaTypes.OciIndex);
        using var nested = await PutManifestAsync("nested", Index(index, MediaTypes.OciIndex), null, MediaTypes.OciIndex);
        using var empty = await PutManifestAsync("empty", Index(), null, MediaTypes.OciIndex);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(HttpStatusCode.Created, nested.StatusCode);
        Assert.Equal(HttpStatusCode.Created, empty.StatusCode);
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/index");
        Assert.Equal(MediaTypes.OciIndex, Header(get, "Content-Type"));
        Assert.Equal(index, await BodyAsync(get));
    }

    [Fact]
    public async Task A_subject_may_be_missing()
    {
        await PushBlobAsync("{}");
        var subject = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf("absent")}}","size":7}""";
        using var pushed = await PutManifestAsync("v1", Image("{}").Replace("\"layers\"", $"\"subject\":{subject},\"layers\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task A_sha512_digest_names_a_manifest()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        var digest = Digest.Of(Encoding.UTF8.GetBytes(manifest), DigestAlgorithm.Sha512);
        using var pushed = await PutManifestAsync($"{digest}", manifest);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/{digest}");
        Assert.Equal($"{digest}", Header(get, "Docker-Content-Digest"));
    }

    [Fact]
    public async Task Putting_by_digest_may_set_tags()
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        using var pushed = await PutManifestAsync($"{DigestOf(manifest)}?tag=one&tag=two&tag=one", manifest);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(["one", "two"], FindHeader(pushed, "OCI-Tag"));
        using var two = await SendAsync("GET", $"/v2/{Repository}/manifests/two");
        Assert.Equal(manifest, await BodyAsync(two));
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

    [Fact]
    public async Task A_client_that_has_the_manifest_is_not_sent_it_again()
    {
        var manifest = await PushImageAsync("v1");
        using var same = await SendAsync("GET", $"/v2/{Repository}/manifests/v1", null, null, ("If-None-Match", $"\"{DigestOf(manifest)}\""));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal($"\"{DigestOf(manifest)}\"", Header(same, "ETag"));
    }

    [Fact]
    public async Task Only_content_by_digest_may_be_cached_without_asking()
    {
        var manifest = await PushImageAsync("v1");
        using var byTag = await SendAsync("GET", $"/v2/{Repository}/manifests/v1");
        using var byDigest = await SendAsync("GET", $"/v2/{Repository}/manifests/{DigestOf(manifest)}");
        Assert.Equal("no-cache", Header(byTag, "Cache-Control"));
        Assert.Contains("immutable", Header(byDigest, "Cache-Control"), StringComparison.Ordinal);
    }

    private static string Index(string? child = null, string childType = MediaTypes.OciManifest)
    {
        var descriptor = child is null ? "" : $$"""{"mediaType":"{{childType}}","digest":"{{DigestOf(child)}}","size":{{child.Length}}}""";
        return $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{descriptor}}]}""";
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
