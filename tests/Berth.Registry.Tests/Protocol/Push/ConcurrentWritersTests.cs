using System.Net;
using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

/// <summary>Several clients on one session, or one that lost patience.</summary>
public sealed class ConcurrentWritersTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Two_writers_of_one_session_take_turns()
    {
        var upload = await BeginUploadAsync();
        using var slow = await RawConnection.OpenAsync(Server);
        await slow.SendHeadAsync($"PATCH {upload}", BerthServer.Pusher, "Content-Length: 10", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await slow.ReadHeadAsync(), StringComparison.Ordinal);
        await slow.SendAsync("hello");

        var second = PushAsync("PATCH", upload, " world", ("Content-Range", "10-15"));
        await slow.SendAsync("-hell");

        Assert.StartsWith("HTTP/1.1 202", await slow.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await second).StatusCode);
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello-hell world")}");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }

    [Fact]
    public async Task The_same_chunk_from_many_clients_is_taken_once()
    {
        var upload = await BeginUploadAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => PushAsync("PATCH", upload, "hello", ("Content-Range", "0-4"))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Accepted);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable));
        using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("hello")}");
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
    }
}
