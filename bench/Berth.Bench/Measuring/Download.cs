using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Berth.Bench.Http;
using Berth.Bench.Seeding;
using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>
/// Large answers are read by a loop into one buffer for each connection: wrk, which reads 8 KiB at a time and parses what it reads, would be
/// measured itself.
/// </summary>
internal sealed class Download(int seconds)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Megabytes (10⁶) a second.</summary>
    public async Task<Sample> GetAsync(
        RunningServer server, string path, long size, bool tls, int connections, CancellationToken cancellationToken)
    {
        var streams = new List<Stream>();
        try
        {
            for (var i = 0; i < connections; i++)
                streams.Add(await OpenAsync(server, tls, cancellationToken));
            var (before, began) = (server.CpuSeconds, Stopwatch.GetTimestamp());
            var until = began + (seconds * Stopwatch.Frequency);
            var bytes = (await Task.WhenAll(streams.Select(stream =>
                Task.Run(() => ReadAsync(server, stream, path, size, until, cancellationToken), cancellationToken)))).Sum();
            var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return new Sample(bytes / elapsed / 1e6, null, (server.CpuSeconds - before) / bytes * size * 1e6);
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    private static async Task<Stream> OpenAsync(RunningServer server, bool tls, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, tls ? server.TlsPort : server.Port, cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (!tls)
            return stream;
        var secure = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject is Certificate.Subject,
        };
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        return secure;
    }

    /// <summary>Asks for the blob again and again until the time is over, and counts what came by then.</summary>
    private static async Task<long> ReadAsync(
        RunningServer server, Stream stream, string path, long size, long until, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n");
        var total = 0L;
        while (true)
        {
            await stream.WriteAsync(request, cancellationToken);
            var left = await ReadHeadAsync(server, stream, buffer, size, cancellationToken);
            total += size - left;
            while (left > 0)
            {
                if (Stopwatch.GetTimestamp() >= until)
                    return total;
                var read = await stream.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                    throw new BenchException($"{server.Peer}: the answer to GET {path} ended {left} bytes too early");
                left -= read;
                total += read;
            }
        }
    }

    /// <returns>How much of the body is still to come.</returns>
    private static async Task<long> ReadHeadAsync(RunningServer server, Stream stream, byte[] buffer, long size, CancellationToken cancellationToken)
    {
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                throw new BenchException($"{server.Peer} closed a connection in use");
            filled += read;
            end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var response = ResponseHead.Parse(buffer.AsSpan(0, end + 2), out var length);
        if (response.Status != 200 || length != size)
            throw new BenchException($"{server.Peer}: a blob of {size} bytes was answered with status {response.Status} and {length} bytes");
        return size - (filled - end - 4);
    }
}
