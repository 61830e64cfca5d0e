using Berth.Oci;
using Berth.Registry.Blobs;
using Berth.Server.Auth;

namespace Berth.Server.Api;

/// <summary><c>/v2/&lt;name&gt;/blobs/&lt;digest&gt;</c> (OCI distribution specification 1.1, "Pulling blobs", "Deleting Blobs").</summary>
/// <param name="verified">Null when content is not hashed while it is sent.</param>
internal sealed class BlobEndpoints(RepositoryBlobs blobs, AccessGate gate, VerifiedBody? verified)
{
    public async Task GetAsync(ApiRequest request)
    {
        var digest = request.Path.Digest();
        var size = await RequireAsync(request, digest);
        if (EntityTag.IsNotModified(request, digest))
            return;
        var range = Range(request, digest, size);
        var (first, length) = range is { } part ? (part.First, part.Length) : (0, size);
        await using var content = await blobs.OpenAsync(digest, first, request.Cancelled);

        Describe(request, digest, length);
        if (range is not null)
        {
            request.Response.StatusCode = StatusCodes.Status206PartialContent;
            request.Response.Headers.ContentRange = $"bytes {range.Value.First}-{range.Value.Last}/{size}";
        }

        // A part cannot be compared with the digest of the whole.
        if (verified is not null && length == size)
            await verified.SendAsync(digest, content, length, request.Http);
        else
            await BlobBody.SendAsync(content, length, request.Http);
    }

    public async Task HeadAsync(ApiRequest request)
    {
        var digest = request.Path.Digest();
        var size = await RequireAsync(request, digest);
        if (!EntityTag.IsNotModified(request, digest))
            Describe(request, digest, size);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        await blobs.RemoveAsync(request.Repository, request.Path.Digest(), request.Cancelled);
        request.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async ValueTask<long> RequireAsync(ApiRequest request, Digest digest)
    {
        var size = await blobs.FindAsync(request.Repository, digest, request.Cancelled)
            ?? throw new OciException(OciError.BlobUnknown, digest.ToString());
        return !gate.MayPush(request.Caller, request.Repository) || await blobs.PromiseAsync(request.Repository, digest, request.Cancelled)
            ? size
            : throw new OciException(OciError.BlobUnknown, digest.ToString());
    }

    private static ByteRange? Range(ApiRequest request, Digest digest, long size)
    {
        var headers = request.Message.Headers;
        if (headers.Range.Count != 1 || (headers.IfRange.Count > 0 && headers.IfRange != EntityTag.Of(digest)))
            return null;
        try
        {
            return ByteRange.Parse(headers.Range.ToString(), size);
        }
        catch (OciException)
        {
            request.Response.Headers.ContentRange = $"bytes */{size}";
            throw;
        }
    }

    private static void Describe(ApiRequest request, Digest digest, long length)
    {
        var response = request.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = length;
        response.Headers.AcceptRanges = "bytes";
        response.Headers["Docker-Content-Digest"] = digest.ToString();
        response.Headers.ETag = EntityTag.Of(digest);
        response.Headers.CacheControl = CachePolicy.Immutable;
    }
}
