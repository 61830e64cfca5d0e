using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Asks a server for /v2/, without a login and whatever certificate it has, and keeps what it presented.</summary>
/// <remarks>
/// Intermediate certificates that the server does not send are not fetched from elsewhere, because docker does not do that either.
/// </remarks>
internal sealed class ServerProbe : IDisposable
{
    private readonly HttpClient _http;
    private PresentedCertificates? _presented;

    public ServerProbe(bool useProxy, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = useProxy,
            ConnectTimeout = connectTimeout,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = Keep,
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            },
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<ServerAnswer> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        _presented = null;
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new ServerAnswer(response.StatusCode, null, _presented)
            {
                MediaType = response.Content.Headers.ContentType?.MediaType,
                Location = response.Headers.Location,
                Date = response.Headers.Date,
                Schemes = [.. response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme)],
            };
        }
        catch (HttpRequestException e)
        {
            return new ServerAnswer(null, Trouble(e), _presented);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServerAnswer(null, Quote.Short(e.GetBaseException().Message), _presented);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <remarks>What is said of a proxy names it with its password.</remarks>
    private static string Trouble(HttpRequestException e) => e.HttpRequestError is HttpRequestError.ProxyTunnelError
        ? $"status {(int?)e.StatusCode}"
        : Quote.Short(e.GetBaseException().Message);

    private bool Keep(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        var sent = new X509Certificate2Collection();
        foreach (var one in chain?.ChainPolicy.ExtraStore ?? [])
            sent.Add(X509CertificateLoader.LoadCertificate(one.RawData));
        _presented = new PresentedCertificates(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), sent);
        return true;
    }
}
