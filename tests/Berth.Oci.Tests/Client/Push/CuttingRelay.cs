using System.Net;
using System.Net.Sockets;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>A port that passes everything on, counts what clients send, and cuts a connection when told to.</summary>
internal sealed class CuttingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _target;
    private readonly Task _accepting;
    private long _sent;
    private long _cutAt = long.MaxValue;
    private long _cutEvery = long.MaxValue;

    public CuttingRelay(RegistryHost target)
    {
        _target = target.Port!.Value;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public RegistryHost Host => RegistryHost.Parse($"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes that clients have sent, headers included.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public int Cuts { get; private set; }

    /// <summary>Done when a connection is cut.</summary>
    public Action OnCut { get; set; } = () => { };

    /// <summary>Cuts the connection that sends the byte at which these are reached, once.</summary>
    public void CutAt(long sent) => Interlocked.Exchange(ref _cutAt, sent);

    /// <summary>Cuts again and again, each time that this much has been sent since.</summary>
    public void CutEvery(long bytes)
    {
        _cutEvery = bytes;
        CutAt(Sent + bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
            _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
            var answers = far.GetStream().CopyToAsync(near.GetStream(), _stopping.Token);
            var requests = PassOnAsync(near.GetStream(), far.GetStream());
            await Task.WhenAny(requests, answers);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the ends is gone, and with it the connection.
        }
    }

    private async Task PassOnAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[8 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
            if (Interlocked.Add(ref _sent, read) < Interlocked.Read(ref _cutAt))
                continue;
            CutAt(_cutEvery == long.MaxValue ? long.MaxValue : Sent + _cutEvery);
            Cuts++;
            OnCut();
            return;
        }
    }
}
