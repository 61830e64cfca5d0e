using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Berth.Oci;

namespace Berth.Packaging.Tests.Images;

/// <summary>Stands before a registry, counts what it is asked, and answers in its place where a test wants that.</summary>
internal sealed class RegistryProxy : IDisposable
{
    private static readonly string[] Passed = ["Location", "Range", "Docker-Content-Digest", "WWW-Authenticate"];

    private readonly HttpListener _listener = new();
    private readonly HttpClient _http;
    private readonly Task _loop;
    private int _open;

    public RegistryProxy(string target)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://{target}/") };
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = RegistryHost.Parse($"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _loop = ServeAsync();
    }

    public RegistryHost Host { get; }

    /// <summary>Method and path of each request.</summary>
    public ConcurrentQueue<(string Method, string Path)> Seen { get; } = new();

    public int MostUploadsAtOnce { get; private set; }

    /// <summary>A status to answer a request with; null passes it on.</summary>
    public Func<HttpListenerRequest, int?> Refuse { get; set; } = _ => null;

    public int Uploads => Seen.Count(request => request.Method == "PUT" && request.Path.Contains("/blobs/uploads/", StringComparison.Ordinal));

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
        _http.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        Seen.Enqueue((request.HttpMethod, request.Url!.AbsolutePath));
        var isUpload = request.HttpMethod == "PUT";
        lock (_http)
            MostUploadsAtOnce = Math.Max(MostUploadsAtOnce, _open += isUpload ? 1 : 0);
        try
        {
            if (Refuse(request) is { } status)
                context.Response.StatusCode = status;
            else
                await PassOnAsync(request, context.Response);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or HttpRequestException or ObjectDisposedException or IOException)
        {
            context.Response.Abort();
        }
        finally
        {
            lock (_http)
                _open -= isUpload ? 1 : 0;
        }
    }

    private async Task PassOnAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), request.RawUrl);
        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            message.Content = new StreamContent(request.InputStream);
            message.Content.Headers.ContentLength = request.ContentLength64;
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            if (request.Headers["Content-Range"] is { } range)
                message.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        }

        foreach (var type in request.Headers.GetValues("Accept") ?? [])
            message.Headers.TryAddWithoutValidation("Accept", type);
        using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var name in Passed.Where(answer.Headers.Contains))
            response.Headers[name] = answer.Headers.GetValues(name).First().Replace(_http.BaseAddress!.Authority, Host.ToString(), StringComparison.Ordinal);
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.ContentLength64 = answer.Content.Headers.ContentLength ?? 0;
        if (request.HttpMethod != "HEAD")
            await answer.Content.CopyToAsync(response.OutputStream);
    }
}
