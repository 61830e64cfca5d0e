using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>One PATCH of unknown length, then PUT: what Docker does.</summary>
public sealed class StreamedTests(BerthServer server) : RegistryTest(server)
{
    [Theory]
    [InlineData("hello", "5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("hello", "1\r\nh\r\n00004\r\nello\r\n0\r\n\r\n")]
    [InlineData("", "0\r\n\r\n")]
    public async Task A_streamed_patch_and_an_empty_put_make_the_blob(string content, string body)
    {
        var upload = await BeginUploadAsync();
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync(
            $"PATCH {upload}", BerthServer.Pusher, "Transfer-Encoding: chunked", "Content-Type: application/octet-stream");
        await connection.SendAsync(body);
        var patched = (await connection.ReadResponseAsync())!;
        Assert.Equal(202, patched.Status);
        Assert.Equal($"0-{Math.Max(0, content.Length - 1)}", patched.Header("Range"));

        using var pushed = await PushAsync("PUT", $"{patched.Header("Location")}?digest={DigestOf(content)}");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        await AssertServedAsync(Header(pushed, "Location"), content);
    }

    [Fact]
    public async Task A_streamed_put_makes_the_blob()
    {
        var upload = await BeginUploadAsync();
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync($"PUT {upload}?digest={DigestOf("hello")}", BerthServer.Pusher, "Transfer-Encoding: chunked");
        await connection.SendAsync("5\r\nhello\r\n0\r\n\r\n");

        Assert.Equal(201, (await connection.ReadResponseAsync())!.Status);
    }

    [Fact]
    public async Task Streams_append_to_each_other()
    {
        var upload = await BeginUploadAsync();
        using var first = await PushAsync("PATCH", upload, "hello");
        using var second = await PushAsync("PATCH", upload, ", world");
        Assert.Equal("0-11", Header(second, "Range"));

        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello, world")}");

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Theory]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloXX\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    public async Task Broken_framing_is_refused_and_the_session_goes_on(string body)
    {
        var upload = await BeginUploadAsync();
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync($"PATCH {upload}", BerthServer.Pusher, "Transfer-Encoding: chunked");
        await connection.SendAsync(body);
        Assert.Equal(400, (await connection.ReadResponseAsync())!.Status);

        using var status = await PushAsync("GET", upload);
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
    }
}
