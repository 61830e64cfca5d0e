using System.Net;
using System.Net.Sockets;

namespace Berth.Packaging.Build;

internal static class HostPort
{
    /// <summary>The port to reach the container at: the one asked for, or any free one (0) when that is taken.</summary>
    public static int? Choose(int? wanted, Action<string> note)
    {
        if (wanted is null or 0 || IsFree(wanted.Value))
            return wanted;
        note($"port {wanted} of this machine is in use; a free one is taken");
        return 0;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
