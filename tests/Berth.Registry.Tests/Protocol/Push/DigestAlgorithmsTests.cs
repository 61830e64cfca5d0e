using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>sha512 wherever sha256 is taken.</summary>
public sealed class DigestAlgorithmsTests(BerthServer server) : RegistryTest(server)
{
    private const string Content = "content of a long digest";

    private static readonly Digest Long = DigestOf(Content, DigestAlgorithm.Sha512);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("chunks")]
    public async Task A_sha512_digest_need_not_be_announced(string way)
    {
        using var pushed = await PushLongAsync(way);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal($"/v2/{Repository}/blobs/{Long}", Header(pushed, "Location"));
        Assert.Equal($"{Long}", Header(pushed, "Docker-Content-Digest"));
        await AssertServedAsync($"/v2/{Repository}/blobs/{Long}", Content);
        using var head = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{Long}");
        Assert.Equal($"{Long}", Header(head, "Docker-Content-Digest"));
    }

    [Fact]
    public async Task A_wrong_sha512_digest_is_refused()
    {
        var upload = await BeginUploadAsync();
        await AssertErrorAsync(await PushAsync("PUT", $"{upload}?digest={Long}", "something else"), 400, "DIGEST_INVALID");
        using var again = await PushAsync("PUT", $"{upload}?digest={Long}", Content);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    [Theory]
    [InlineData("?digest-algorithm=sha512", 202)]
    [InlineData("?digest-algorithm=sha256", 202)]
    [InlineData("?digest-algorithm=md5", 400)]
    [InlineData("?digest-algorithm=SHA512", 400)]
    [InlineData("?digest-algorithm=", 400)]
    [InlineData("?digest-algorithm=sha256&digest-algorithm=sha512", 400)]
    public async Task A_digest_algorithm_may_be_announced(string query, int status)
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/{query}");
        Assert.Equal(status, (int)begun.StatusCode);
        if (status is 400)
            await AssertErrorAsync(begun, 400, "DIGEST_INVALID");
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task The_digest_of_the_put_decides_whatever_was_announced(DigestAlgorithm algorithm)
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest-algorithm=sha512");
        using var pushed = await PushAsync("PUT", $"{Header(begun, "Location")}?digest={DigestOf(Content, algorithm)}", Content);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task The_two_digests_of_one_content_are_two_blobs()
    {
        using var pushed = await PushLongAsync("POST");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf(Content)}"), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_sha512_blob_is_mounted_and_deleted()
    {
        using var pushed = await PushLongAsync("POST");
        using var mounted = await PushAsync("POST", $"/v2/{Repository}/copy/blobs/uploads/?mount={Long}&from={Repository}");
        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        using var deleted = await SendAsync("DELETE", $"/v2/{Repository}/blobs/{Long}", BerthServer.Admin);
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);

        await AssertServedAsync($"/v2/{Repository}/copy/blobs/{Long}", Content);
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{Long}"), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_has_a_sha512_digest_layers_children_and_subject()
    {
        using var pushed = await PushLongAsync("POST");
        var image = Image("{}", Content).Replace($"{DigestOf(Content)}", $"{Long}", StringComparison.Ordinal);
        await PushBlobAsync("{}");
        await PutLongAsync(image, MediaTypes.OciManifest);
        var named = $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{DigestOf(image, DigestAlgorithm.Sha512)}}","size":{{image.Length}}}""";
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{named}}],"subject":{{named}}}""";

        using var put = await PutLongAsync(index, MediaTypes.OciIndex);

        Assert.Equal($"{DigestOf(image, DigestAlgorithm.Sha512)}", Header(put, "OCI-Subject"));
        using var listed = await SendAsync("GET", $"/v2/{Repository}/referrers/{DigestOf(image, DigestAlgorithm.Sha512)}");
        Assert.Contains($"{DigestOf(index, DigestAlgorithm.Sha512)}", await BodyAsync(listed), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PushLongAsync(string way)
    {
        if (way is "POST")
            return await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={Long}", Content);
        var upload = await BeginUploadAsync();
        if (way is "PATCH")
            using (await PushAsync("PATCH", upload, Content))
                return await PushAsync("PUT", $"{upload}?digest={Long}");
        if (way is "chunks")
            using (await PushAsync("PATCH", upload, Content[..10], ("Content-Range", "0-9")))
                return await PushAsync("PUT", $"{upload}?digest={Long}", Content[10..], ("Content-Range", $"10-{Content.Length - 1}"));
        return await PushAsync("PUT", $"{upload}?digest={Long}", Content);
    }

    private async Task<HttpResponseMessage> PutLongAsync(string manifest, string type)
    {
        var digest = DigestOf(manifest, DigestAlgorithm.Sha512);
        var put = await PutManifestAsync($"{digest}", manifest, null, type);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal($"/v2/{Repository}/manifests/{digest}", Header(put, "Location"));
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/{digest}");
        Assert.Equal($"{digest}", Header(get, "Docker-Content-Digest"));
        Assert.Equal(manifest, await BodyAsync(get));
        return put;
    }
}
