using System.Net.Security;

namespace Berth.Oci.Client;

/// <summary>Sends one HTTP request, with no redirects, cookies or logins of its own, and bounds the waiting.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly RegistryClientOptions _options;
    private readonly ServerCertificates _certificates;
    private readonly HttpClient _http;

    public HttpSender(RegistryHost registry, RegistryClientOptions options)
    {
        _options = options;
        _certificates = new ServerCertificates(registry, options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            UseProxy = options.Connect is null,
            Proxy = new LoopbackBypassingProxy(HttpClient.DefaultProxy),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = _certificates.Accept },
        };
        if (options.Connect is { } connect)
            handler.ConnectCallback = (context, cancellationToken) => connect(context.DnsEndPoint, cancellationToken);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var version = typeof(HttpSender).Assembly.GetName().Version!.ToString(fieldCount: 3);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"berth-client/{version}");
    }

    /// <summary>Whether the certificate of this host was looked at and refused.</summary>
    public bool RefusedCertificate(Uri uri) => _certificates.ProblemOf(uri) is not null;

    /// <summary>Returns as soon as the headers of the answer are there.</summary>
    /// <exception cref="RegistryException">No answer came.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var uri = message.RequestUri!;
        using var timer = new StallTimer(_options.StallTimeout, _options.TimeProvider, cancellationToken);
        (message.Content as UploadContent)?.ReportTo(timer);
        try
        {
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw ConnectionFailure.Of(e, uri, _certificates);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw timer.Stalled
                ? ConnectionFailure.Stalled(uri.Authority, _options.StallTimeout, e)
                : ConnectionFailure.ConnectTimeout(uri, _options.ConnectTimeout, e);
        }
    }

    /// <summary>The body of a response, which is disposed with it.</summary>
    public async Task<Stream> OpenBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new BodyStream(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _options);

    /// <summary>The whole body; null when it is longer than <paramref name="most"/> bytes. The response is disposed.</summary>
    public async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        await using var body = await OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength > most)
            return null;
        var read = new MemoryStream();
        var buffer = new byte[Math.Min(most + 1, 16 * 1024)];
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            if (read.Length + count > most)
                return null;
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    public void Dispose() => _http.Dispose();
}
