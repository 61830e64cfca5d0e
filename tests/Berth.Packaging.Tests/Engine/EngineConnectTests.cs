using System.Net.Sockets;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class EngineConnectTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_socket_that_does_not_exist_is_named()
    {
        var e = await ConnectAsync($"unix://{_directory.Path("docker.sock")}");

        Assert.Equal(EngineFailure.NotFound, e.Failure);
        Assert.Contains($"{_directory.Path("docker.sock")}: the socket does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_at_is_an_engine_that_does_not_run()
    {
        var path = _directory.Path("docker.sock");
        using (var abandoned = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            abandoned.Bind(new UnixDomainSocketEndPoint(path));
        // Closing takes the file along; the one of a killed process stays.
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(path));

        var e = await ConnectAsync($"unix://{path}");

        Assert.Equal(EngineFailure.NotRunning, e.Failure);
        Assert.Contains("systemctl start docker", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_at_is_an_engine_that_does_not_run()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));

        var e = await ConnectAsync($"tcp://{bound.LocalEndPoint}");

        Assert.Equal(EngineFailure.NotRunning, e.Failure);
        Assert.Contains("connection refused", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_that_listens_is_no_engine()
    {
        using var server = new CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");

        var e = await ConnectAsync($"tcp://{server.Address}");

        Assert.Equal(EngineFailure.Version, e.Failure);
        Assert.Contains("is no container engine", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_of_another_user_asks_for_permission()
    {
        var denied = new HttpRequestException("x", new SocketException((int)SocketError.AccessDenied));

        var e = EngineErrors.Translate(EngineEndpoint.Parse(null), "asking", denied);

        Assert.Equal(EngineFailure.NoPermission, e.Failure);
        Assert.Contains("group that owns the socket", e.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineException> ConnectAsync(string address) => await Assert.ThrowsAsync<EngineException>(
        () => ContainerEngine.ConnectAsync(EngineEndpoint.Parse(address), TestContext.Current.CancellationToken));
}
