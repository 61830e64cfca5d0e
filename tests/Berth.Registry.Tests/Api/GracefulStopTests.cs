using System.Net;
using System.Net.Sockets;

namespace Berth.Registry.Tests.Api;

public sealed class GracefulStopTests
{
    [Fact]
    public async Task Requests_under_way_finish_and_new_ones_are_refused()
    {
        await using var server = new BerthServer();
        await server.InitializeAsync();
        var address = new Uri(server.Url);
        using var push = await BeginPushAsync(server, "hello");

        var stopped = server.Application.StopAsync(TestContext.Current.CancellationToken);
        await WaitUntilRefusedAsync(address);
        await push.SendAsync("lo");

        var answer = await push.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
        await stopped;
    }

    [Fact]
    public async Task A_request_that_does_not_end_is_cut_off_when_the_time_is_over()
    {
        await using var server = new BerthServer { Configure = options => options with { ShutdownTimeout = TimeSpan.FromMilliseconds(200) } };
        await server.InitializeAsync();
        using var push = await BeginPushAsync(server, "hello");

        await Record.ExceptionAsync(() => server.Application.StopAsync(TestContext.Current.CancellationToken));

        Assert.True(await push.IsClosedAsync());
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await using var server = new BerthServer();
        await server.InitializeAsync();
        var test = new RestartedTest(server);
        var upload = await test.LeaveBehindAsync();
        await server.Application.StopAsync(TestContext.Current.CancellationToken);

        await server.RestartAsync();

        await test.FindAgainAsync(upload);
    }

    /// <summary>A push whose last two bytes are missing.</summary>
    private static async Task<RawConnection> BeginPushAsync(BerthServer server, string content)
    {
        var digest = Oci.Digest.Of(System.Text.Encoding.UTF8.GetBytes(content));
        var push = await RawConnection.OpenAsync(server);
        await push.SendHeadAsync($"POST /v2/a/blobs/uploads/?digest={digest}", BerthServer.Pusher, $"Content-Length: {content.Length}", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await push.ReadHeadAsync(), StringComparison.Ordinal);
        await push.SendAsync(content[..^2]);
        return push;
    }

    /// <summary>Asks until nobody listens any more, which the server makes true on its own; a server that goes on listening hangs this test.</summary>
    private static async Task WaitUntilRefusedAsync(Uri address)
    {
        while (true)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
            {
                return;
            }
        }
    }

    private sealed class RestartedTest(BerthServer server) : RegistryTest(server)
    {
        public async Task<string> LeaveBehindAsync()
        {
            await PushImageAsync("v1");
            var upload = await BeginUploadAsync();
            using var patched = await PushAsync("PATCH", upload, "half of");
            return upload;
        }

        public async Task FindAgainAsync(string upload)
        {
            using var pulled = await SendAsync("GET", $"/v2/{Repository}/manifests/v1");
            Assert.Equal(Image("{}", "layer"), await BodyAsync(pulled));
            using var status = await PushAsync("GET", upload);
            Assert.Equal("0-6", Header(status, "Range"));
            using var pushed = await PushAsync("PUT", $"{upload}?digest={DigestOf("half of it")}", " it", ("Content-Range", "7-9"));
            Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        }
    }
}
