using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

/// <summary>A TCP port in front of the tests' engine that wants TLS and a certificate of the client, as engines on other machines do.</summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _server;
    private readonly string _clientIssuer;
    private readonly Task _accepting;

    public TlsRelay(X509Certificate2 server, string clientIssuer)
    {
        (_server, _clientIssuer) = (server, clientIssuer);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"tcp://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
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
            await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate?.Issuer == _clientIssuer);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _server, ClientCertificateRequired = true }, _stop.Token);
            await engine.ConnectAsync(new UnixDomainSocketEndPoint(EngineDiscovery.Find().SocketPath), _stop.Token);
            await using var upstream = new NetworkStream(engine);
            await Task.WhenAny(tls.CopyToAsync(upstream, _stop.Token), upstream.CopyToAsync(tls, _stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client is refused or has gone away.
        }
        finally
        {
            client.Dispose();
        }
    }
}
