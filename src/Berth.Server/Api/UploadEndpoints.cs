using Berth.Oci;
using Berth.Registry.Access;
using Berth.Registry.Blobs;
using Berth.Registry.Storage;
using Berth.Registry.Uploads;
using Berth.Server.Auth;

namespace Berth.Server.Api;

/// <summary><c>/v2/&lt;name&gt;/blobs/uploads/</c> (OCI distribution specification 1.1, "Pushing blobs", "Mounting a blob from another repository").</summary>
internal sealed class UploadEndpoints(BlobUploads uploads, RepositoryBlobs blobs, AccessGate gate, TimeProvider time)
{
    public async Task PostAsync(ApiRequest request)
    {
        var query = request.Message.Query;
        if (query.ContainsKey("digest-algorithm") && !DigestAlgorithms.TryParse(query["digest-algorithm"].ToString(), out _))
            throw new OciException(OciError.DigestInvalid, "the digest algorithms known here are sha256 and sha512");
        if (query.ContainsKey("mount") && await MountAsync(request))
            return;
        if (query.ContainsKey("digest"))
            await PutWholeAsync(request);
        else
            await BeginAsync(request);
    }

    public async Task GetAsync(ApiRequest request)
    {
        var id = request.Path.Upload();
        var length = await uploads.FindLengthAsync(request.Repository, id, request.Cancelled);
        Describe(request, StatusCodes.Status204NoContent, id, length);
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var id = request.Path.Upload();
        await using var body = UploadBody.Open(request.Http, time);
        var length = await uploads.AppendAsync(request.Repository, id, Chunk(request, body), request.Cancelled);
        Describe(request, StatusCodes.Status202Accepted, id, length);
    }

    public async Task PutAsync(ApiRequest request)
    {
        var id = request.Path.Upload();
        var digest = request.QueryDigest("digest");
        await using var body = UploadBody.Open(request.Http, time);
        await uploads.CompleteAsync(request.Repository, id, Chunk(request, body), digest, request.Cancelled);
        DescribeBlob(request, digest);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        await uploads.CancelAsync(request.Repository, request.Path.Upload(), request.Cancelled);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task BeginAsync(ApiRequest request)
    {
        var id = await uploads.BeginAsync(request.Repository, request.Cancelled);
        Describe(request, StatusCodes.Status202Accepted, id, 0);
    }

    private async Task PutWholeAsync(ApiRequest request)
    {
        var digest = request.QueryDigest("digest");
        await using var body = UploadBody.Open(request.Http, time);
        await uploads.PutAsync(request.Repository, body, digest, request.Cancelled);
        DescribeBlob(request, digest);
    }

    /// <summary>A miss and a missing right look the same from outside: the client has to upload.</summary>
    private async Task<bool> MountAsync(ApiRequest request)
    {
        var digest = request.QueryDigest("mount");
        foreach (var from in await SourcesAsync(request, digest))
        {
            if (!gate.May(request.Caller, from, RepositoryActions.Pull)
                || !await blobs.MountAsync(from, request.Repository, digest, request.Cancelled))
                continue;
            DescribeBlob(request, digest);
            return true;
        }

        return false;
    }

    /// <summary>Without <c>from</c>, any repository will do, as long as the caller may read it: else an answer would tell what is in others.</summary>
    private async ValueTask<IReadOnlyList<RepositoryName>> SourcesAsync(ApiRequest request, Digest digest)
    {
        if (!request.Message.Query.TryGetValue("from", out var name))
            return await blobs.ListSourcesAsync(digest, request.Cancelled);
        return RepositoryName.TryParse(name.ToString(), out var from) ? [from] : [];
    }

    private static UploadChunk Chunk(ApiRequest request, Stream body)
    {
        ChunkRange? range = null;
        if (request.Message.Headers.ContentRange is { Count: > 0 } header)
        {
            range = ChunkRange.TryParse(header.ToString(), out var parsed)
                ? parsed
                : throw new OciException(OciError.BlobUploadInvalid, "Content-Range has to be <first byte>-<last byte>");
        }

        return new UploadChunk(body, range, request.Message.ContentLength);
    }

    private static void Describe(ApiRequest request, int status, UploadId id, long length)
    {
        var response = request.Response;
        response.StatusCode = status;
        response.Headers.Location = request.Address("blobs/uploads", id);
        // An empty session has no last byte; the form for it is the one that a single byte has.
        response.Headers.Range = $"0-{Math.Max(0, length - 1)}";
        response.Headers["Docker-Upload-UUID"] = id.ToString();
    }

    private static void DescribeBlob(ApiRequest request, Digest digest)
    {
        var response = request.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = request.Address("blobs", digest);
        response.Headers["Docker-Content-Digest"] = digest.ToString();
    }
}
