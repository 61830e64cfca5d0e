using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Chain.Tests.Registry;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

public sealed class StopTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task A_slow_upload_in_flight_when_the_server_is_asked_to_stop_is_finished_and_kept()
    {
        var blob = new byte[256 * 1024];
        new Random(3).NextBytes(blob);
        var digest = Sha256.Of(blob);
        await using (var berth = await BerthServer.StartAsync(_scratch.File("data")))
        {
            var login = await berth.AddUserAsync("pusher");
            using var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, berth.Port, TestContext.Current.CancellationToken);
            await SendHeadAsync(connection.GetStream(), berth, login, blob.Length, digest);
            await connection.GetStream().WriteAsync(blob.AsMemory(0, blob.Length / 2), TestContext.Current.CancellationToken);

            await berth.AskToStopAsync();
            await connection.GetStream().WriteAsync(blob.AsMemory(blob.Length / 2), TestContext.Current.CancellationToken);

            Assert.StartsWith("HTTP/1.1 201", await ReadStatusAsync(connection.GetStream()), StringComparison.Ordinal);
            Assert.Equal(0, await berth.WaitForExitAsync());
        }
        await using var again = await BerthServer.StartAsync(_scratch.File("data"));
        using var http = new RegistryHttp(again.Address);
        Assert.Equal(blob, await http.FetchAsync($"/v2/slow/upload/blobs/{digest}"));
    }

    public void Dispose() => _scratch.Dispose();

    private static async Task SendHeadAsync(NetworkStream stream, BerthServer berth, Login login, int length, string digest)
    {
        using var http = new RegistryHttp(berth.Address);
        var token = await http.TokenAsync(login, "slow/upload", "pull,push");
        var location = await new BlobUpload(http, token, "slow/upload", _ => { }).StartAsync();
        var target = new Uri(berth.Address, BlobUpload.WithDigest(location, digest)).PathAndQuery;
        string[] head =
        [
            $"PUT {target} HTTP/1.1",
            $"Host: {berth.Host}",
            $"Authorization: {token}",
            $"Content-Length: {length}",
            "Content-Type: application/octet-stream",
        ];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head) + "\r\n\r\n"), TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadStatusAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "the connection was closed";
    }
}
