using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Diagnostics;

/// <summary><c>GET /healthz</c>: whether the store answers, for whoever watches over the process.</summary>
internal sealed class HealthEndpoint(IMetadataStore metadata, IBlobStore blobs, ILogger logger)
{
    private static readonly Digest SomeDigest = Digest.Of([]);

    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            throw new OciException(OciError.Unsupported);
        }

        var healthy = await StoreAnswersAsync(http.RequestAborted);
        var answer = healthy ? "ok\n"u8.ToArray() : "the store does not answer\n"u8.ToArray();
        http.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = answer.Length;
        await http.Response.BodyWriter.WriteAsync(answer, http.RequestAborted);
    }

    private async ValueTask<bool> StoreAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await metadata.ListRepositoriesAsync(null, 1, cancellationToken);
            await blobs.FindSizeAsync(SomeDigest, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.StoreUnhealthy(e);
            return false;
        }
    }
}
