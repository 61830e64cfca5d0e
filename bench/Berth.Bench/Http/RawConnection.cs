using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Bench.Content;

namespace Berth.Bench.Http;

/// <summary>One kept-alive connection that does no more than it must: the processors it uses are those of the server that is measured.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _port;
    private int _filled;

    private RawConnection(int port) => _port = port;

    public static async Task<RawConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var connection = new RawConnection(port);
        try
        {
            await connection._socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="headers">Lines, each with its end.</param>
    /// <param name="first">The beginning of the body.</param>
    /// <param name="rest">What follows it, sent from where it lies.</param>
    public async Task<RawResponse> SendAsync(
        string method, string target, string headers, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        var head = Encoding.ASCII.GetByteCount(method) + target.Length + headers.Length;
        var message = new byte[head + 64 + first.Length];
        var length = Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\n{headers}\r\n", message);
        first.CopyTo(message.AsMemory(length));
        await SendAllAsync(message.AsMemory(0, length + first.Length), cancellationToken);
        await SendAllAsync(rest, cancellationToken);
        return await ReceiveAsync(method is "HEAD", cancellationToken);
    }

    public Task<RawResponse> GetAsync(string target, CancellationToken cancellationToken) =>
        SendAsync("GET", target, $"Accept: {Image.MediaType}\r\n", default, default, cancellationToken);

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
    }

    private async ValueTask<RawResponse> ReceiveAsync(bool isHead, CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            await FillAsync(cancellationToken);
        var response = ResponseHead.Parse(_buffer.AsSpan(0, end + 2), out var bodyLength);
        var left = end + 4 + (isHead ? 0 : bodyLength);
        while (left > _filled)
        {
            left -= _filled;
            _filled = 0;
            await FillAsync(cancellationToken);
        }

        _filled -= (int)left;
        return response;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length)
            throw new BenchException("an answer's headers do not fit 64 KiB");
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, cancellationToken);
        if (read == 0)
            throw new BenchException("the server closed a connection in use");
        _filled += read;
    }
}
