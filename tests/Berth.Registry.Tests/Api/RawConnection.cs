using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Berth.Registry.Tests.Api;

/// <summary>A connection on which a test sends what no well-behaved client would.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _socket = new();
    private StreamReader _reader = StreamReader.Null;

    public static async Task<RawConnection> OpenAsync(BerthServer server)
    {
        var address = new Uri(server.Url);
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        connection._reader = new StreamReader(connection._socket.GetStream(), Encoding.Latin1);
        return connection;
    }

    public async Task SendAsync(string text) =>
        await _socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>Sends the head of a request; a user is logged in with Basic.</summary>
    public Task SendHeadAsync(string requestLine, string? user, params string[] headers) => SendAsync(string.Join("\r\n", (string[])
    [
        $"{requestLine} HTTP/1.1",
        "Host: registry.test",
        .. user is null ? [] : (string[])[$"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{BerthServer.Password}"))}"],
        .. headers,
        "",
        "",
    ]));

    /// <summary>The status line and headers of the next response.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
            head.AppendLine(line);
        return head.ToString();
    }

    /// <summary>The next final response with its body; null when the server went away without one.</summary>
    public async Task<RawResponse?> ReadResponseAsync(bool toHead = false)
    {
        string[] lines;
        do
        {
            lines = (await ReadHeadAsync()).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        }
        while (lines is [['H', 'T', 'T', 'P', '/', '1', '.', _, ' ', '1', ..], ..]);
        if (lines.Length == 0)
            return null;
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(parts => (parts[0], parts[1].Trim())).ToList();
        var head = new RawResponse(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, "");
        var length = toHead || head.Status is 204 or 304 ? 0 : head.Lines("Content-Length") is [var announced] ? int.Parse(announced, CultureInfo.InvariantCulture) : 0;
        var body = new char[length];
        var read = await _reader.ReadBlockAsync(body, TestContext.Current.CancellationToken);
        return head with { Body = new string(body, 0, read) };
    }

    /// <summary>Waits for the server to say something or go away.</summary>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            return await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Ends its side of the connection, wherever in a request it is; what was sent before still arrives.</summary>
    public void Shutdown() => _socket.Client.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
