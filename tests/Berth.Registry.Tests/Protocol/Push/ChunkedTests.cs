using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>PATCH with Content-Range. What is refused leaves the session as it was, and the push can go on.</summary>
public sealed class ChunkedTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Chunks_in_order_make_the_blob()
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("0-4", Header(first, "Range"));
        using var second = await PushAsync("PATCH", Header(first, "Location"), ", wo", ("Content-Range", "5-8"));
        Assert.Equal("0-8", Header(second, "Range"));
        using var status = await PushAsync("GET", upload);
        Assert.Equal("0-8", Header(status, "Range"));

        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello, world")}", "rld", ("Content-Range", "9-11"));

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "hello, world");
    }

    [Fact]
    public async Task After_the_last_chunk_an_empty_put_will_do()
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"));
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello")}");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), "hello");
    }

    [Fact]
    public async Task A_chunk_may_be_as_small_as_the_client_likes()
    {
        using var begun = await PushAsync("POST", $"/v2/{Repository}/blobs/uploads/");
        Assert.Null(FindHeader(begun, "OCI-Chunk-Min-Length"));
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await PushAsync("PATCH", Header(begun, "Location"), "hello"[i..(i + 1)], ("Content-Range", $"{i}-{i}"))).StatusCode);

        using var pushed = await PushAsync("PUT", $"{Header(begun, "Location")}?digest={DigestOf("hello")}");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Theory]
    [InlineData("0-4")]
    [InlineData("4-8")]
    [InlineData("6-10")]
    public async Task A_chunk_out_of_order_appends_nothing(string range)
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"));

        await AssertErrorAsync(await PushAsync("PATCH", upload, ", wor", ("Content-Range", range)), 416, "BLOB_UPLOAD_INVALID");

        await AssertGoesOnAsync(upload, "hello");
    }

    [Fact]
    public async Task A_last_chunk_out_of_order_appends_nothing()
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"));

        using var put = await PushAsync("PUT", $"{upload}?digest={DigestOf("hellohello")}", "hello", ("Content-Range", "6-10"));
        await AssertErrorAsync(put, 416, "BLOB_UPLOAD_INVALID");

        await AssertGoesOnAsync(upload, "hello");
    }

    [Theory]
    [InlineData("0-9")]
    [InlineData("0-1")]
    public async Task A_chunk_whose_length_is_not_its_range_appends_nothing(string range)
    {
        var upload = await BeginUploadAsync();
        await AssertErrorAsync(await PushAsync("PATCH", upload, "hello", ("Content-Range", range)), 400, "SIZE_INVALID");
        await AssertGoesOnAsync(upload, "");
    }

    [Theory]
    [InlineData("0-9")]
    [InlineData("0-1")]
    public async Task A_streamed_chunk_whose_length_is_not_its_range_leaves_nothing(string range)
    {
        var upload = await BeginUploadAsync();
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync($"PATCH {upload}", BerthServer.Pusher, $"Content-Range: {range}", "Transfer-Encoding: chunked");
        await connection.SendAsync("5\r\nhello\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await AssertGoesOnAsync(upload, "");
    }

    [Theory]
    [InlineData("Content-Range: 0-4", "Content-Range: 0-4")]
    [InlineData("Content-Range: 0-4", "Content-Range: 5-9")]
    [InlineData("Content-Range:")]
    [InlineData("Content-Range: 0 - 4")]
    [InlineData("Content-Range: 0-4,")]
    [InlineData("Content-Range: \t")]
    public async Task Two_ranges_or_half_a_one_are_refused(params string[] headers)
    {
        var upload = await BeginUploadAsync();
        var answer = await SendRawAsync($"PATCH {upload}", BerthServer.Pusher, headers, "hello");
        Assert.Equal((400, "BLOB_UPLOAD_INVALID"), (answer.Status, answer.ErrorCode));
        await AssertGoesOnAsync(upload, "");
    }

    [Theory]
    [InlineData("bytes 0-4/5")]
    [InlineData("4-0")]
    [InlineData("nonsense")]
    [InlineData("0-99999999999999999999")]
    [InlineData("0-9223372036854775807")]
    public async Task A_malformed_range_is_refused(string range)
    {
        var upload = await BeginUploadAsync();
        await AssertErrorAsync(await PushAsync("PATCH", upload, "hello", ("Content-Range", range)), 400, "BLOB_UPLOAD_INVALID");
        await AssertGoesOnAsync(upload, "");
    }

    [Fact]
    public async Task Put_with_a_wrong_digest_is_rejected_and_can_be_repeated()
    {
        var upload = await BeginUploadAsync();
        using var patched = await PushAsync("PATCH", upload, "hel");
        await AssertErrorAsync(await PushAsync("PUT", $"{upload}?digest={DigestOf("other")}", "lo"), 400, "DIGEST_INVALID");

        using var repeated = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello")}", "lo");

        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        using var wrong = await SendAsync("GET", $"/v2/{Repository}/blobs/{DigestOf("other")}");
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?digest=")]
    [InlineData("?digest=sha256:abc")]
    [InlineData("?digest=md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("?digest=SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("?digest=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855&digest=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task Put_needs_one_well_formed_digest(string query)
    {
        var upload = await BeginUploadAsync();
        await AssertErrorAsync(await PushAsync("PUT", upload + query, "hello"), 400, "DIGEST_INVALID");
        await AssertGoesOnAsync(upload, "");
    }

    /// <summary>The session stands at <paramref name="soFar"/> and takes the rest.</summary>
    private async Task AssertGoesOnAsync(string upload, string soFar)
    {
        using var status = await PushAsync("GET", upload);
        Assert.Equal($"0-{Math.Max(0, soFar.Length - 1)}", Header(status, "Range"));
        using var pushed = await PushAsync(
            "PUT", $"{upload}?digest={DigestOf(soFar + " rest")}", " rest", ("Content-Range", $"{soFar.Length}-{soFar.Length + 4}"));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }
}
