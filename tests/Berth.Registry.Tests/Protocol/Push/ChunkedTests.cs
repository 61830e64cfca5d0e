using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>What an upload refuses leaves the session as it was, and the push can go on.</summary>
public sealed class ChunkedTests(BerthServer server) : RegistryTest(server)
{
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
    [InlineData("bytes 0-4/5")]
    [InlineData("4-0")]
    [InlineData("nonsense")]
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
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf(soFar + " rest")}", " rest", ("Content-Range", $"{soFar.Length}-{soFar.Length + 4}"));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }
}
