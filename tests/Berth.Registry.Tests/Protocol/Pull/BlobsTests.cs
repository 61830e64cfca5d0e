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

    [Fact]
    public async Task A_blob_that_is_not_there_is_not_found()
    {
        await PushBlobAsync("{}");
        foreach (var repository in (string[])[Repository, $"{Repository}/absent"])
            await AssertErrorAsync(await SendAsync("GET", $"/v2/{repository}/blobs/{DigestOf("absent")}"), 404, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_blob_comes_from_this_address_and_no_other()
    {
        var digest = await PushBlobAsync("here");
        var get = await SendRawAsync($"GET /v2/{Repository}/blobs/{digest}", null, []);
        Assert.Equal((200, "here"), (get.Status, get.Body));
        Assert.Empty(get.Lines("Location"));
    }

    [Theory]
    [InlineData("sha256:abc")]
    [InlineData("sha256:zzb0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("latest")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task A_malformed_digest_is_refused(string digest) =>
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}"), 400, "DIGEST_INVALID");

    [Fact]
    public async Task A_blob_cut_short_does_not_look_whole()
    {
        var content = new string('x', 64_000_000); // more than the sockets on the way can hold
        var digest = await PushBlobAsync(content);
        var file = Directory.EnumerateFiles(Server.Data, $"*{digest.Hex}*", SearchOption.AllDirectories).Single();
        using var response = await Server.Client.GetAsync(
            $"/v2/{Repository}/blobs/{digest}", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using (var stream = File.Open(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            stream.SetLength(1000);

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Cancelled));
    }
}
