using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.General;

/// <summary>Requests that no well-behaved client sends. A {repository} stands for the repository.</summary>
public sealed class HttpFramingTests(BerthServer server) : RegistryTest(server)
{
    private const string Host = "Host: registry.test\r\n";

    [Theory]
    [InlineData("GET /v2/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\nHost: \"><script>\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\n" + Host + "Folded: one\r\n two\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\n" + Host + "No colon\r\n\r\n")]
    [InlineData("GET /v2/ HTTP/1.1\r\n" + Host + "Space : before the colon\r\n\r\n")]
    [InlineData("GET /v2/\0 HTTP/1.1\r\n" + Host + "\r\n")]
    [InlineData("GET /v2/%00 HTTP/1.1\r\n" + Host + "\r\n")]
    [InlineData("GET v2/ HTTP/1.1\r\n" + Host + "\r\n")]
    [InlineData("GET  /v2/ HTTP/1.1\r\n" + Host + "\r\n")]
    [InlineData("\r\n\r\nnonsense\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003 is how TLS begins\r\n\r\n")]
    public async Task What_is_no_request_is_refused(string bytes) => Assert.Equal(400, (await ExchangeAsync(bytes))?.Status);

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("Content-Length: 5, 5\r\n\r\nhello")]
    [InlineData("Content-Length: -5\r\n\r\nhello")]
    [InlineData("Content-Length: 0x5\r\n\r\nhello")]
    [InlineData("Content-Length: 99999999999999999999\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: gzip\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n")]
    public async Task A_body_whose_length_is_unclear_makes_no_blob(string rest)
    {
        var answer = await ExchangeAsync($"{await PostAsync()}{rest}");

        Assert.True(answer is null or { Status: >= 400 and < 500 }, $"{answer}");
        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf("hello")}"), 404, "BLOB_UNKNOWN");
    }

    /// <summary>RFC 9112, section 6.1: the chunks count, and nothing after them is read as another request.</summary>
    [Fact]
    public async Task A_length_beside_chunks_smuggles_nothing()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync($"{await PostAsync()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n{Host}\r\n");

        var first = await connection.ReadResponseAsync();

        Assert.True(first is { Status: 201 or 400 }, $"{first}");
        Assert.Null(await connection.ReadResponseAsync());
    }

    [Fact]
    public async Task A_truncated_body_makes_no_blob()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync($"{await PostAsync()}Content-Length: 6\r\n\r\nhello");
        connection.Shutdown();
        while (!await connection.IsClosedAsync())
        {
            // What is said on the way is for nobody.
        }

        await AssertErrorAsync(await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf("hello")}"), 404, "BLOB_UNKNOWN");
    }

    [Theory]
    [InlineData("http://registry.test/v2/{repository}/tags/list", 200)]
    [InlineData("http://other.example/v2/{repository}/tags/list", 400)]
    [InlineData("/v2/{repository}/./tags/list", 200)]
    [InlineData("/v2/{repository}/x/../tags/list", 200)]
    [InlineData("/v2/{repository}/%74ags/list", 200)]
    [InlineData("/v2/{repository}/tags%2Flist", 404)]
    [InlineData("/v2/{repository}/tags/list?", 200)]
    [InlineData("/v2/{repository}/tags/list#fragment", 404)]
    [InlineData("//v2/{repository}/tags/list", 404)]
    [InlineData("/v2//{repository}/tags/list", 400)]
    [InlineData("/V2/{repository}/tags/list", 404)]
    [InlineData("/v2/{repository}/TAGS/list", 404)]
    [InlineData("/v2/{repository}/tags/list/", 404)]
    public async Task However_an_address_is_written_it_means_one_thing(string target, int status)
    {
        await PushBlobAsync("{}");
        var answer = await SendRawAsync($"GET {target.Replace("{repository}", Repository, StringComparison.Ordinal)}", null, []);
        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("Content-Type:")]
    [InlineData("Accept:")]
    [InlineData("Range:")]
    [InlineData("If-None-Match:")]
    [InlineData("If-Range:")]
    [InlineData("Expect:")]
    [InlineData("Cookie: a=b; a=c")]
    [InlineData("X-\u00e9: \u00e9")]
    [InlineData("Transfer-Encoding: chunked\r\nTrailer: Authorization")]
    public async Task An_empty_or_unknown_header_harms_nobody(string header)
    {
        await PushBlobAsync("{}");
        var body = header.StartsWith("Transfer", StringComparison.Ordinal) ? "0\r\nAuthorization: Basic x\r\n\r\n" : "";
        var answer = await ExchangeAsync($"GET /v2/{Repository}/tags/list HTTP/1.1\r\n{Host}{header}\r\n\r\n{body}");
        Assert.True(answer is { Status: 200 or 400 }, $"{answer}");
    }

    [Fact]
    public async Task Requests_in_one_breath_are_answered_in_order()
    {
        await PushBlobAsync("{}");
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync(
            string.Concat(Enumerable.Repeat($"GET /v2/{Repository}/tags/list HTTP/1.1\r\n{Host}\r\nGET /v2/ HTTP/1.1\r\n{Host}\r\n", 10)));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await connection.ReadResponseAsync())!.Status);
            Assert.Equal(401, (await connection.ReadResponseAsync())!.Status);
        }
    }

    /// <summary>The head of a push of "hello" in one request, but for the headers that say how long it is.</summary>
    private async Task<string> PostAsync()
    {
        await PushBlobAsync("{}");
        return $"POST /v2/{Repository}/blobs/uploads/?digest={DigestOf("hello")} HTTP/1.1\r\n{Host}Authorization: {Basic(BerthServer.Pusher, BerthServer.Password)}\r\n";
    }
}
