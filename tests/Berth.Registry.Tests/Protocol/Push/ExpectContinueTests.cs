using Berth.Registry.Tests.Api;

namespace Berth.Registry.Tests.Protocol.Push;

public sealed class ExpectContinueTests(BerthServer server) : RegistryTest(server)
{
    [Fact]
    public async Task Expect_100_continue_is_answered_before_the_body()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync(
            $"POST /v2/{Repository}/blobs/uploads/?digest={DigestOf("hello")}", BerthServer.Pusher, "Content-Length: 5", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await connection.SendAsync("hello");
        Assert.StartsWith("HTTP/1.1 201", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_push_is_answered_without_its_body()
    {
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendHeadAsync(
            $"POST /v2/{Repository}/blobs/uploads/?digest={DigestOf("hello")}", null, "Content-Length: 10000000000", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 401", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }
}
