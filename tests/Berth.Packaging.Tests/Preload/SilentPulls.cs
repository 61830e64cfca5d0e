using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Preload;

/// <summary>A TCP port in front of the tests' engine that keeps pulls to itself, unless it is to pass on everything.</summary>
internal sealed class SilentPulls : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _pulls = new(0);
    private readonly bool _answer;
    private readonly Task _accepting;

    public SilentPulls(bool answer = false)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"tcp://{_listener.LocalEndpoint}";

    /// <summary>Until somebody wants to pull.</summary>
    public Task PullAsync(CancellationToken cancellationToken) => _pulls.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _pulls.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(EngineDiscovery.Find().SocketPath), _stop.Token);
            await using var upstream = new NetworkStream(engine);
            await using var from = client.GetStream();
            await Task.WhenAny(ForwardAsync(from, upstream), upstream.CopyToAsync(from, _stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client has gone away.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
        {
            if (!_answer && Encoding.ASCII.GetString(buffer, 0, read).Contains("/images/create", StringComparison.Ordinal))
            {
                _pulls.Release();
                continue;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
