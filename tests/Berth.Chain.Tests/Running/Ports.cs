using System.Net;
using System.Net.Sockets;

namespace Berth.Chain.Tests.Running;

/// <summary>Ports for processes that have to be told theirs before they start.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
