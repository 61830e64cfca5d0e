using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Berth.Chain.Tests.Running;

/// <summary>A port that passes everything on to another one and keeps what the clients sent, byte for byte.</summary>
internal sealed class RecordingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly MemoryStream _sent = new();
    private readonly int _target;
    private readonly Task _accepting;

    public RecordingRelay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What clients have sent so far, of all connections.</summary>
    public string Sent
    {
        get
        {
            lock (_sent)
                return Encoding.Latin1.GetString(_sent.ToArray());
        }
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
        await far.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
        var answers = far.GetStream().CopyToAsync(near.GetStream(), _stopping.Token);
        await Task.WhenAny(RecordAsync(near.GetStream(), far.GetStream()), answers);
    }

    private async Task RecordAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            lock (_sent)
                _sent.Write(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
