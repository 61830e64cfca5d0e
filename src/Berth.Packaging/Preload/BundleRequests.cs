using System.Text;
using Berth.Oci;
using Berth.Oci.Bundles;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Berth.Packaging.Preload;

/// <summary>Answers what an engine asks while it pulls by digest (OCI distribution specification 1.1, end-1 to end-3).</summary>
internal sealed class BundleRequests(RepositoryName repository, BundleShelf content) : IHttpApplication<HttpContext>
{
    private const int BufferSize = 128 * 1024;

    private readonly string _manifests = $"/v2/{repository}/manifests/";
    private readonly string _blobs = $"/v2/{repository}/blobs/";
    private int _arrived;

    /// <summary>How many requests came; none means that the engine went elsewhere.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    /// <summary>What was asked for by digest and no bundle has; null when nothing was.</summary>
    public Digest? Missing { get; private set; }

    /// <summary>What a bundle holds and is not what its digest says; null when nothing was.</summary>
    public BundleException? Damage { get; private set; }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        Interlocked.Increment(ref _arrived);
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        var path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            await RefuseAsync(context, OciError.Unsupported);
        else if (path is "/v2/" or "/v2")
            await AnswerAsync(context, "application/json", "{}"u8.ToArray());
        else if (path.StartsWith(_manifests, StringComparison.Ordinal))
            await SendAsync(context, path[_manifests.Length..], content.FindMediaType, OciError.ManifestUnknown);
        else if (path.StartsWith(_blobs, StringComparison.Ordinal))
            await SendAsync(context, path[_blobs.Length..], _ => "application/octet-stream", OciError.BlobUnknown);
        else
            await RefuseAsync(context, OciError.NameUnknown);
    }

    private async Task SendAsync(HttpContext context, string name, Func<Digest, string?> mediaType, OciError unknown)
    {
        if (!Digest.TryParse(name, out var digest))
        {
            await RefuseAsync(context, unknown);
            return;
        }

        await using var stream = content.TryOpen(digest);
        if (stream is null || mediaType(digest) is not { } type)
        {
            Missing ??= digest;
            await RefuseAsync(context, unknown);
            return;
        }

        context.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        context.Response.ContentType = type;
        context.Response.ContentLength = content.FindSize(digest);
        if (HttpMethods.IsGet(context.Request.Method))
            await CopyAsync(stream, context);
    }

    private async Task CopyAsync(Stream stream, HttpContext context)
    {
        try
        {
            await stream.CopyToAsync(context.Response.Body, BufferSize, context.RequestAborted);
        }
        catch (BundleException e)
        {
            // The status is on its way already: a connection that breaks is what tells the engine.
            Damage ??= e;
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The engine has gone away.
        }
    }

    private static Task RefuseAsync(HttpContext context, OciError error)
    {
        context.Response.StatusCode = error.Status;
        var body = $$"""{"errors":[{"code":"{{error.Code}}","message":"{{error.Message}}"}]}""";
        return AnswerAsync(context, "application/json", Encoding.UTF8.GetBytes(body));
    }

    private static async Task AnswerAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
