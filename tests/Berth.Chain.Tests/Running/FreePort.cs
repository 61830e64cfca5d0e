using System.Net;
using System.Net.Sockets;

namespace Berth.Chain.Tests.Running;

internal static class FreePort
{
    /// <summary>A port of the loopback address on which nothing listens now.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
