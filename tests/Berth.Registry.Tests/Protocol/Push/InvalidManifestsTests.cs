using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class InvalidManifestsTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Put_with_a_wrong_digest_is_rejected()
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync($"{DigestOf("other")}", Image("{}")), 400, "DIGEST_INVALID");
    }

    [Fact]
    public async Task Each_missing_blob_is_named()
    {
        await PushBlobAsync("{}");
        var errors = await AssertErrorAsync(await PutManifestAsync("v1", Image("{}", "one", "two")), 400, "MANIFEST_BLOB_UNKNOWN");

        var details = errors.EnumerateArray().Select(error => error.GetProperty("detail").GetString()).Order();
        Assert.Equal(new[] { $"{DigestOf("one")}", $"{DigestOf("two")}" }.Order(), details);
        using var get = await SendAsync("GET", $"/v2/{Repository}/manifests/v1");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }

    [Fact]
    public async Task Blobs_of_another_repository_are_missing()
    {
        await PushBlobAsync("{}", $"{Repository}/other");
        await AssertErrorAsync(await PutManifestAsync("v1", Image("{}")), 400, "MANIFEST_BLOB_UNKNOWN");
    }

    [Theory]
    [InlineData("", MediaTypes.OciManifest)]
    [InlineData("not JSON", MediaTypes.OciManifest)]
    [InlineData("[]", MediaTypes.OciManifest)]
    [InlineData("null", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", "text/plain")]
    [InlineData("""{"schemaVersion":1,"name":"a","tag":"b"}""", MediaTypes.DockerSchema1Signed)]
    public async Task What_is_no_manifest_is_refused(string manifest, string type) =>
        await AssertErrorAsync(await PutManifestAsync("v1", manifest, null, type), 400, "MANIFEST_INVALID");

    [Theory]
    [InlineData(".hidden", "TAG_INVALID")]
    [InlineData("-dash", "TAG_INVALID")]
    [InlineData("with~tilde", "TAG_INVALID")]
    [InlineData("sha256:baddigeststring", "DIGEST_INVALID")]
    public async Task A_malformed_reference_cannot_be_put(string reference, string code)
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync(reference, Image("{}")), 400, code);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData(".hidden")]
    [InlineData("sha256:baddigeststring")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task A_reference_that_names_nothing_is_not_found(string reference)
    {
        await PushImageAsync("v1");
        foreach (var repository in (string[])[Repository, $"{Repository}/absent"])
        {
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{repository}/manifests/{reference}"), 404, "MANIFEST_UNKNOWN");
            await AssertErrorAsync(await SendAsync("DELETE", $"/v2/{repository}/manifests/{reference}", BerthServer.Admin), 404, "MANIFEST_UNKNOWN");
        }
    }

    [Fact]
    public async Task A_tag_beside_the_digest_has_to_be_one()
    {
        await PushBlobAsync("{}");
        await AssertErrorAsync(await PutManifestAsync($"{DigestOf(Image("{}"))}?tag=good&tag=.bad", Image("{}")), 400, "TAG_INVALID");
        using var good = await SendAsync("GET", $"/v2/{Repository}/manifests/good");
        Assert.Equal(HttpStatusCode.NotFound, good.StatusCode);
    }

    [Theory]
    [InlineData(0, 201)]
    [InlineData(1, 413)]
    public async Task Four_mebibytes_are_taken_and_one_byte_more_is_not(int more, int status)
    {
        await PushBlobAsync("{}");
        var manifest = Image("{}");
        manifest += new string(' ', Manifest.MaxBytes - manifest.Length + more);
        using var announced = await PutManifestAsync("announced", manifest);
        Assert.Equal(status, (int)announced.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v2/{Repository}/manifests/streamed") { Content = new StringContent(manifest) };
        request.Content.Headers.ContentType = new(MediaTypes.OciManifest);
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation("Authorization", Basic(BerthServer.Pusher, BerthServer.Password));
        using var streamed = await Server.Client.SendAsync(request, Cancelled);
        Assert.Equal(status, (int)streamed.StatusCode);
    }
}
