using System.Net;
using System.Net.Sockets;

namespace Berth.Chain.Tests.Running;

/// <summary>Passes bytes on to a server until so many have gone there; then it takes the server down and every connection with it.</summary>
internal sealed class FatalRelay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket> _connect;
    private readonly Action _takeDown;
    private readonly ScratchDirectory? _scratch;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private long _left;

    /// <param name="port">Of a server on the loopback address.</param>
    /// <param name="bytes">How many pass before it dies.</param>
    public FatalRelay(int port, long bytes, Action takeDown)
        : this(new IPEndPoint(IPAddress.Loopback, 0), () => Connected(new IPEndPoint(IPAddress.Loopback, port)), bytes, takeDown, null)
    {
    }

    private FatalRelay(EndPoint address, Func<Socket> connect, long bytes, Action takeDown, ScratchDirectory? scratch)
    {
        (_connect, _takeDown, _left, _scratch) = (connect, takeDown, bytes, scratch);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(address);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Host => $"{_listener.LocalEndPoint}";

    /// <summary>In the form of DOCKER_HOST.</summary>
    public string Endpoint => $"unix://{_listener.LocalEndPoint}";

    /// <summary>In front of the tests' engine. What dies is the way to it, which to its client is the same.</summary>
    public static FatalRelay ToEngine(long bytes)
    {
        var engine = (Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock")["unix://".Length..];
        var scratch = new ScratchDirectory();
        return new FatalRelay(
            new UnixDomainSocketEndPoint(scratch.File("engine.sock")), () => Connected(new UnixDomainSocketEndPoint(engine)), bytes, () => { }, scratch);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
        _scratch?.Dispose();
    }

    private static Socket Connected(EndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(address);
        return socket;
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            _listener.Close();
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await using var down = new NetworkStream(client, ownsSocket: true);
            await using var up = new NetworkStream(_connect(), ownsSocket: true);
            await await Task.WhenAny(CountedAsync(down, up), up.CopyToAsync(down, _end.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the two ends is gone.
        }
    }

    private async Task CountedAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is var read and > 0)
        {
            if (Interlocked.Add(ref _left, -read) <= 0)
            {
                _takeDown();
                await _end.CancelAsync();
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
