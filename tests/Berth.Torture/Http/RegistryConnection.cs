using System.Net.Http.Headers;
using Berth.Torture.Servers;

namespace Berth.Torture.Http;

/// <summary>The distribution API by hand: plain requests, so that no client of ours stands between the harness and the server.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private readonly BerthProcess _server;
    private readonly AuthenticationHeaderValue? _token;
    private readonly CancellationToken _cancelled;
    private readonly HttpClient _http;

    /// <param name="token">Null to be nobody.</param>
    public RegistryConnection(BerthProcess server, AuthenticationHeaderValue? token, CancellationToken cancelled)
    {
        (_server, _token, _cancelled) = (server, token, cancelled);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = server.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Told of everything that happens here.</summary>
    public ITraffic Traffic { get; init; } = NoTraffic.Instance;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <param name="path">Absolute, or the whole address that an answer gave.</param>
    /// <exception cref="ServerGone">It was killed.</exception>
    /// <exception cref="Violation">It lives, and does not answer.</exception>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = _token;
        var sent = Now;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, _cancelled);
            var body = await response.Content.ReadAsByteArrayAsync(_cancelled);
            var answer = new Answer(
                $"{method} {path}", response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, body, sent, Now);
            Traffic.Answered();
            return answer;
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !_cancelled.IsCancellationRequested))
        {
            if (_server.WasKilled)
                throw new ServerGone();
            throw new Violation($"{method} {path} got no answer from a server that nobody killed: {e.Message} {e.InnerException?.Message}");
        }
    }

    public CountedContent Body(ReadOnlyMemory<byte> bytes, string type = "application/octet-stream", bool announced = true)
    {
        var content = new CountedContent(bytes, announced, Traffic.Sent);
        content.Headers.ContentType = new(type);
        return content;
    }

    public void Dispose() => _http.Dispose();
}
