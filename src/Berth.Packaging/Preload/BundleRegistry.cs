using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Berth.Packaging.Preload;

/// <summary>A registry of one repository that lives for one pull: read only, by digest only, on a loopback address.</summary>
/// <remarks>The web server alone, without the host, configuration and routing that come with it elsewhere: they would double its size.</remarks>
internal sealed class BundleRegistry : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private BundleRegistry(KestrelServer server, BundleRequests requests)
    {
        _server = server;
        Requests = requests;
    }

    public BundleRequests Requests { get; }

    /// <param name="certificate">Null: plain HTTP.</param>
    /// <exception cref="IOException">The port is taken, or this user may not listen there.</exception>
    public static async Task<BundleRegistry> StartAsync(
        IPEndPoint address, X509Certificate2? certificate, BundleRequests requests, CancellationToken cancellationToken)
    {
        var options = Describe(address, certificate);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(requests, cancellationToken);
            return new BundleRegistry(server, requests);
        }
        catch (Exception e)
        {
            server.Dispose();
            if (e is AddressInUseException)
                throw new IOException($"{address} is in use", e);
            if (e is System.Net.Sockets.SocketException)
                throw new IOException($"{address}: {e.Message}", e);
            throw;
        }
    }

    private static KestrelServerOptions Describe(IPEndPoint address, X509Certificate2? certificate)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 0;
        // The engine may stop reading for long while it unpacks a layer.
        options.Limits.MinResponseDataRate = null;
        options.Listen(address, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
                listen.Use(new BundleTls(certificate).Wrap);
        });
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        // Given up at once: whoever still reads belongs to a pull that has ended.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }
}
