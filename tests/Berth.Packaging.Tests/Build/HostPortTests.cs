using System.Net;
using System.Net.Sockets;
using Berth.Packaging.Build;

namespace Berth.Packaging.Tests.Build;

public sealed class HostPortTests
{
    private readonly List<string> _notes = [];

    [Fact]
    public void A_port_in_use_gives_way_to_a_free_one_with_a_note()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal(0, HostPort.Choose(port, _notes.Add));
        Assert.Contains($"port {port}", Assert.Single(_notes), StringComparison.Ordinal);
        listener.Stop();
        Assert.Equal(port, HostPort.Choose(port, _notes.Add));
        Assert.Single(_notes);
    }

    [Fact]
    public void No_port_stays_no_port()
    {
        Assert.Null(HostPort.Choose(null, _notes.Add));
    }
}
