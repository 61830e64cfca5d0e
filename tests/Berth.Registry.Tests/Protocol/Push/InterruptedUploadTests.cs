using System.Net;
using Berth.Registry.Tests.Api;
using Berth.Server.Api;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Clients that die, hang, or come twice.</summary>
public sealed class InterruptedUploadTests(BerthServer server) : RegistryTest(server)
{
    /// <summary>In bytes. Far more than the server reads ahead, so that most of it must have reached the upload.</summary>
    private const int SentBeforeTheEnd = 8 * 1024 * 1024;

    [Theory]
    [InlineData("Content-Length: 100000000", "")]
    [InlineData("Transfer-Encoding: chunked", "800000\r\n")]
    public async Task What_a_dead_client_sent_is_kept_and_the_upload_goes_on(string framing, string chunk)
    {
        var content = new string('x', SentBeforeTheEnd) + "the rest";
        var upload = await BeginUploadAsync();
        await CutOffAsync(upload, chunk + content[..SentBeforeTheEnd], framing);

        // The broken request holds its turn until the server has seen its end; the question waits for that.
        using var status = await PushAsync("GET", upload);
        var next = int.Parse(Header(status, "Range").Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        Assert.InRange(next, SentBeforeTheEnd / 2, SentBeforeTheEnd);
        using var pushed = await PushAsync(
            "PUT", $"{upload}?digest={DigestOf(content)}", content[next..], ("Content-Range", $"{next}-{content.Length - 1}"));

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task An_announced_chunk_of_a_dead_client_is_dropped_whole()
    {
        var upload = await BeginUploadAsync();
        await CutOffAsync(upload, new string('x', SentBeforeTheEnd), "Content-Length: 100000000", "Content-Range: 0-99999999");

        using var status = await PushAsync("GET", upload);
        Assert.Equal("0-0", Header(status, "Range"));
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("again")}", "again", ("Content-Range", "0-4"));

        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task A_client_that_falls_silent_is_told_and_its_upload_goes_on()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var server = new BerthServer { Time = time };
        await server.InitializeAsync();
        var test = new InterruptedUploadTests(server);
        var upload = await test.BeginUploadAsync();
        using var silent = await RawConnection.OpenAsync(server);
        await silent.SendHeadAsync($"PATCH {upload}", BerthServer.Pusher, "Content-Length: 10", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await silent.ReadHeadAsync(), StringComparison.Ordinal);

        time.Advance(UploadBody.LongestSilence);

        Assert.StartsWith("HTTP/1.1 408", await silent.ReadHeadAsync(), StringComparison.Ordinal);
        using var pushed = await test.PushAsync("PUT", $"{upload}?digest={DigestOf("hello")}", "hello");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    /// <summary>Sends the beginning of a PATCH, waits until the server reads it, and drops the connection.</summary>
    private async Task CutOffAsync(string upload, string body, params string[] headers)
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync($"PATCH {upload}", BerthServer.Pusher, [.. headers, "Expect: 100-continue"]);
        Assert.StartsWith("HTTP/1.1 100", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await connection.SendAsync(body);
        connection.Shutdown();
    }
}
