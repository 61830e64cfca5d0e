using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Adapter;

/// <summary>Sends one request to an adapter within the limits of its route, and gives every failure its reason.</summary>
internal sealed class AdapterTransport : IDisposable
{
    private const int ErrorTextBytes = 4096;

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public AdapterTransport(IPEndPoint address, X509Certificate2? certificate, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(PinnedHandler.Create(certificate), disposeHandler: true)
        {
            BaseAddress = new Uri($"{(certificate is null ? "http" : "https")}://{address}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <exception cref="AdapterException">No answer, an error, or an answer that <paramref name="read"/> does not take.</exception>
    public async Task<T> SendAsync<T>(
        AdapterRoute route,
        HttpContent? content,
        Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(route.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = new HttpRequestMessage(route.Method, route.Path) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var body = new BoundedStream(await response.Content.ReadAsStreamAsync(either.Token), route.MaxBytes);
            if (!response.IsSuccessStatusCode)
                throw await StatusErrorAsync(response, body, either.Token);
            return await read(response, body, either.Token);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(route, e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static AdapterException Translate(AdapterRoute route, Exception e) => e switch
    {
        AdapterException adapter => new AdapterException(adapter.Failure, $"{route}: {adapter.Message}", e),
        OperationCanceledException => new AdapterException(
            AdapterFailure.TimedOut, $"{route}: no answer within {route.Timeout.TotalSeconds:0} s", e),
        JsonException json => new AdapterException(
            AdapterFailure.Malformed, $"{route}: the answer is not what the API prescribes: {OneLine.Of(json.Message)}", e),
        HttpRequestException { InnerException: AuthenticationException } => new AdapterException(
            AdapterFailure.Certificate,
            $"{route}: the adapter does not speak TLS with the certificate that it was given at {AdapterTls.CertificatePath}",
            e),
        _ => new AdapterException(AdapterFailure.Unreachable, $"{route}: {OneLine.Of(Innermost(e).Message)}", e),
    };

    private static async Task<AdapterException> StatusErrorAsync(
        HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[ErrorTextBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = OneLine.Of(Encoding.UTF8.GetString(buffer, 0, length));
        var status = $"status {(int)response.StatusCode}";
        return new AdapterException(AdapterFailure.Status, text.Length == 0 ? status : $"{status}: {text}");
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
