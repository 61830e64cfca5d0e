using System.Net;
using System.Net.Sockets;

namespace Berth.Packaging.Adapter;

/// <summary>Looks where an adapter listens that is not at the port of its conf.</summary>
internal static class OtherPorts
{
    private static readonly int[] Usual = [80, 443, 3000, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9000, 9090, 9443];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <returns>Those of the ports that adapters use at which something listens.</returns>
    public static async Task<IReadOnlyList<int>> FindAsync(IPEndPoint conf, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var found = await Task.WhenAll(Usual.Where(port => port != conf.Port).Select(port => ListensAsync(new(conf.Address, port), either.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. found.OfType<int>()];
    }

    private static async Task<int?> ListensAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return address.Port;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
