using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Pull;

public sealed class BlobsTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    public async Task Get_and_head_describe_the_blob_alike(string content)
    {
        var digest = await PushBlobAsync(content);
        using var get = await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}");
        using var head = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");

        Assert.Equal(content, await BodyAsync(get));
        Assert.Equal("", await BodyAsync(head));
        foreach (var response in (HttpResponseMessage[])[get, head])
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal($"{content.Length}", Header(response, "Content-Length"));
            Assert.Equal("application/octet-stream", Header(response, "Content-Type"));
            Assert.Equal($"{digest}", Header(response, "Docker-Content-Digest"));
            Assert.Equal($"\"{digest}\"", Header(response, "ETag"));
            Assert.Equal("bytes", Header(response, "Accept-Ranges"));
            Assert.Contains("immutable", Header(response, "Cache-Control"), StringComparison.Ordinal);
            Assert.Equal("registry/2.0", Header(response, "Docker-Distribution-Api-Version"));
        }
    }

    [Fact]
    public async Task A_blob_is_visible_only_through_a_repository_that_has_it()
    {
        var digest = await PushBlobAsync("mine");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/other/blobs/{digest}"), 404, "BLOB_UNKNOWN");
        using var head = await SendAsync("HEAD", $"/v2/{Repository}/other/blobs/{digest}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Theory]
    [InlineData("sha256:abc")]
    [InlineData("sha256:zzb0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("latest")]
    public async Task A_malformed_digest_is_refused(string digest) =>
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}"), 400, "DIGEST_INVALID");

    [Theory]
    [InlineData("\"{0}\"", 304)]
    [InlineData("W/\"{0}\"", 304)]
    [InlineData("\"other\", \"{0}\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("{0}", 200)]
    public async Task A_client_that_has_the_blob_is_not_sent_it_again(string known, int status)
    {
        var digest = await PushBlobAsync("known");
        var header = ("If-None-Match", string.Format(System.Globalization.CultureInfo.InvariantCulture, known, digest));
        using var response = await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", null, null, header);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 304 ? "" : "known", await BodyAsync(response));
    }
}
