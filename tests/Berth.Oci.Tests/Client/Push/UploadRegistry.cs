using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Berth.Oci.Tests.Client.Push;

/// <summary>A registry of one repository that takes uploads as the specification says, and keeps what came of a broken request.</summary>
internal sealed class UploadRegistry : IAsyncDisposable
{
    private const string Uploads = "/v2/team/app/blobs/uploads/";

    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();
    private readonly SemaphoreSlim _turn = new(1);
    private FakeServer? _server;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    /// <summary>Asked before each request; true when it has answered.</summary>
    public Func<HttpContext, Task<bool>> Intercept { get; set; } = _ => Task.FromResult(false);

    public long? LeastChunk { get; set; }

    public FakeServer Server => _server!;

    public static async Task<UploadRegistry> StartAsync()
    {
        var registry = new UploadRegistry();
        registry._server = await FakeServer.StartAsync(registry.AnswerAsync);
        return registry;
    }

    public int Count(string method) => Server.Seen.Count(request => request.Method == method);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _turn.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // Kestrel's own limit is below what is pushed here.
        context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (await Intercept(context))
            return;
        var path = context.Request.Path.Value!;
        if (path == Uploads && context.Request.Method == "POST")
        {
            var id = Guid.NewGuid().ToString("N");
            _uploads[id] = new MemoryStream();
            if (LeastChunk is { } least)
                context.Response.Headers["OCI-Chunk-Min-Length"] = least.ToString(CultureInfo.InvariantCulture);
            Accept(context, 202, id);
        }
        else if (path.StartsWith(Uploads, StringComparison.Ordinal))
        {
            // A request that broke off is over before the next one is looked at.
            await _turn.WaitAsync(context.RequestAborted);
            try
            {
                await UploadAsync(context, path[Uploads.Length..]);
            }
            finally
            {
                _turn.Release();
            }
        }
        else
        {
            await BlobAsync(context, path.Split('/')[^1]);
        }
    }

    private async Task UploadAsync(HttpContext context, string id)
    {
        if (!_uploads.TryGetValue(id, out var content))
            context.Response.StatusCode = 404;
        else if (context.Request.Method == "GET")
            Accept(context, 204, id);
        else if (context.Request.Headers.ContentRange is [{ } range] && !range.StartsWith($"{content.Length}-", StringComparison.Ordinal))
            context.Response.StatusCode = 416;
        else
            await TakeAsync(context, id, content);
    }

    private async Task TakeAsync(HttpContext context, string id, MemoryStream content)
    {
        try
        {
            await context.Request.Body.CopyToAsync(content);
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException)
        {
            return;
        }

        if (context.Request.Method == "PATCH")
        {
            Accept(context, 202, id);
            return;
        }

        _uploads.TryRemove(id, out _);
        var digest = context.Request.Query["digest"].ToString();
        if (Digest.Of(content.ToArray()).ToString() != digest)
        {
            await Answers.ErrorAsync(context, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
            return;
        }

        Blobs[digest] = content.ToArray();
        context.Response.StatusCode = 201;
    }

    private Task BlobAsync(HttpContext context, string digest)
    {
        if (Blobs.TryGetValue(digest, out var bytes))
            return Answers.ContentAsync(context, bytes, "application/octet-stream");
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private void Accept(HttpContext context, int status, string id)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = Uploads + id;
        context.Response.Headers["Range"] = $"0-{Math.Max(0, _uploads[id].Length - 1)}";
    }
}
