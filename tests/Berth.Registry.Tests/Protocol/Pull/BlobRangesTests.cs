using System.Net;
using Berth.Oci;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Pull;

public sealed class BlobRangesTests(BerthServer server) : RegistryTest(server)
{
    private const int Size = 700_000;

    /// <summary>No two places of it look alike, and it takes several reads to send.</summary>
    private static readonly string Content = string.Concat(Enumerable.Range(0, Size / 7).Select(n => $"{n:000000};"));

    [Theory]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=500-1499", 500, 1499)]
    [InlineData("bytes=500-", 500, Size - 1)]
    [InlineData("bytes=-500", Size - 500, Size - 1)]
    [InlineData("bytes=690000-1000000", 690000, Size - 1)]
    public async Task A_range_is_answered_exactly(string range, int first, int last)
    {
        using var response = await GetAsync(("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal($"bytes {first}-{last}/{Size}", Header(response, "Content-Range"));
        Assert.Equal($"{last - first + 1}", Header(response, "Content-Length"));
        Assert.Equal(Content[first..(last + 1)], await BodyAsync(response));
    }

    [Theory]
    [InlineData("bytes=500-0")]
    [InlineData("bytes=700000-800000")]
    [InlineData("bytes=-0")]
    public async Task A_range_outside_is_refused(string range)
    {
        using var response = await GetAsync(("Range", range));

        await AssertErrorAsync(response, 416, "RANGE_INVALID");
        Assert.Equal($"bytes */{Size}", Header(response, "Content-Range"));
    }

    [Theory]
    [InlineData("Range: bytes=500-0", 416)]
    [InlineData("Range:bytes=0-9", 206)]
    [InlineData("Range: \tbytes=0-9 ", 206)]
    [InlineData("RANGE: BYTES=0-9", 206)]
    [InlineData("Range: bytes=0-9\r\nRange: bytes=5-6", 200)]
    [InlineData("Range:", 200)]
    [InlineData("Range: bytes=", 200)]
    [InlineData("Range: bytes=0-9, 20-29", 200)]
    [InlineData("Range: bytes=18446744073709551616-", 416)]
    public async Task However_a_range_is_written_it_is_served_refused_or_ignored(string header, int status)
    {
        var digest = await PushBlobAsync(Content);
        var answer = await SendRawAsync($"GET /v2/{Repository}/blobs/{digest}", null, [header]);
        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=0-")]
    [InlineData("bytes=-1")]
    public async Task No_part_of_an_empty_blob_is_there(string range)
    {
        var digest = await PushBlobAsync("");
        using var response = await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", null, null, ("Range", range));
        await AssertErrorAsync(response, 416, "RANGE_INVALID");
        Assert.Equal("bytes */0", Header(response, "Content-Range"));
    }

    [Theory]
    [InlineData("bytes=nonsense")]
    [InlineData("pages=1-2")]
    [InlineData("bytes=0-1,5-6")]
    public async Task What_is_no_single_range_is_answered_with_everything(string range)
    {
        using var response = await GetAsync(("Range", range));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Content, await BodyAsync(response));
    }

    [Fact]
    public async Task Head_ignores_a_range()
    {
        var digest = await PushBlobAsync(Content);
        using var response = await SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}", null, null, ("Range", "bytes=0-9"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{Size}", Header(response, "Content-Length"));
    }

    [Fact]
    public async Task If_range_of_other_content_is_answered_with_everything()
    {
        using var same = await GetAsync(("Range", "bytes=0-9"), ("If-Range", $"\"{DigestOf(Content)}\""));
        using var other = await GetAsync(("Range", "bytes=0-9"), ("If-Range", $"\"{DigestOf("other")}\""));

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(params (string, string)[] headers)
    {
        Digest digest = await PushBlobAsync(Content);
        return await SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", null, null, headers);
    }
}
