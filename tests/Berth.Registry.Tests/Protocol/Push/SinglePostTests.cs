using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>A blob in one request: POST with its digest and its content.</summary>
public sealed class SinglePostTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Post_with_a_digest_and_the_content_makes_the_blob(string content)
    {
        var digest = DigestOf(content);
        using var pushed = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", content);

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.Equal(digest.ToString(), Header(pushed, "Docker-Content-Digest"));
        Assert.Equal($"/v2/{Repository}/blobs/{digest}", Header(pushed, "Location"));
        await AssertServedAsync(Header(pushed, "Location"), content);
    }

    [Fact]
    public async Task The_content_may_come_in_chunks_of_http()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync(
            $"POST /v2/{Repository}/blobs/uploads/?digest={DigestOf("hello")}", BerthServer.Pusher, "Transfer-Encoding: chunked");
        await connection.SendAsync("2;ext=1\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n");

        Assert.Equal(201, (await connection.ReadResponseAsync())!.Status);
    }

    [Fact]
    public async Task Post_with_a_wrong_digest_is_rejected()
    {
        var address = $"/v2/{Repository}/blobs/uploads/?digest={DigestOf("other")}";
        await AssertErrorAsync(await PushAsync("POST", address, "hello"), 400, "DIGEST_INVALID");
        using var asked = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{DigestOf("other")}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:abc")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task Post_needs_a_well_formed_digest_of_a_known_algorithm(string digest) =>
        await AssertErrorAsync(await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", "hello"), 400, "DIGEST_INVALID");
}
