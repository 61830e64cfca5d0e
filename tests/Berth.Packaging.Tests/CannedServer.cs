using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Berth.Packaging.Tests;

/// <summary>Answers every connection with the same bytes, over TLS if it has a certificate; keeps what it was asked.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _loop;

    /// <param name="answer">The whole response; empty: none, the connection is left open.</param>
    public CannedServer(string answer, X509Certificate2? certificate = null)
    {
        _answer = Encoding.UTF8.GetBytes(answer);
        _certificate = certificate;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public List<string> Requests { get; } = [];

    public Task WaitForRequestAsync(CancellationToken cancellationToken) => _asked.Task.WaitAsync(cancellationToken);

    public static string Json(string body, string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public void Dispose()
    {
        _stop.Cancel();
        _loop.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = await OpenAsync(connection);
            var buffer = new byte[64 * 1024];
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return;
            lock (Requests)
                Requests.Add(Encoding.UTF8.GetString(buffer, 0, read));
            _asked.TrySetResult();
            if (_answer.Length == 0)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
            await stream.WriteAsync(_answer, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }
}
