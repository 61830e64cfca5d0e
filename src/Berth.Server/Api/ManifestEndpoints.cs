using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Manifests;
using Berth.Server.Diagnostics;

namespace Berth.Server.Api;

/// <summary><c>/v2/&lt;name&gt;/manifests/&lt;reference&gt;</c> (OCI distribution specification 1.1, "Pulling manifests", "Pushing Manifests").</summary>
internal sealed class ManifestEndpoints(
    RepositoryManifests manifests, ManifestPulls pulls, CollectionOptions collection, TimeProvider time, ILogger logger)
{
    /// <summary>Answers GET and HEAD. What is stored is served as it is: no Accept header makes another type of it.</summary>
    public async Task GetAsync(ApiRequest request)
    {
        var stored = request.Path.FindReference() is { } reference
            ? await manifests.FindAsync(request.Repository, reference, request.Cancelled)
            : null;
        if (stored is null)
            throw new OciException(OciError.ManifestUnknown);
        if (EntityTag.IsNotModified(request, stored.Digest))
            return;

        var response = request.Response;
        response.ContentType = stored.MediaType;
        response.ContentLength = stored.Bytes.Length;
        response.Headers["Docker-Content-Digest"] = stored.Digest.ToString();
        response.Headers.ETag = EntityTag.Of(stored.Digest);
        response.Headers.CacheControl = request.Path.Last.Contains(':') ? CachePolicy.Immutable : CachePolicy.AskAgain;
        if (request.IsHead)
            return;
        if (request.Caller.Subject.IsAnonymous)
            pulls.Add(request.Repository, stored.Digest, request.Http.Connection.RemoteIpAddress);
        await response.BodyWriter.WriteAsync(stored.Bytes, request.Cancelled);
    }

    public async Task PutAsync(ApiRequest request)
    {
        var reference = request.Path.FindReference()
            ?? throw new OciException(request.Path.Last.Contains(':') ? OciError.DigestInvalid : OciError.TagInvalid);
        var moreTags = QueryTags(request);
        var bytes = await ManifestBody.ReadAsync(request.Http);
        var received = new ReceivedManifest(request.Repository, reference, MediaType(request.Message.ContentType), bytes, moreTags)
        {
            Condition = EntityTag.ConditionOf(request, reference),
        };
        var (digest, subject, missing) = await manifests.PutAsync(received, request.Cancelled);

        var response = request.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = request.Address("manifests", digest);
        response.Headers["Docker-Content-Digest"] = digest.ToString();
        if (subject is { } named)
            response.Headers["OCI-Subject"] = named.ToString();
        if (moreTags.Count > 0)
            response.Headers["OCI-Tag"] = moreTags.Select(tag => tag.ToString()).ToArray();
        if (missing.Count > 0)
            WarnOfMissing(request, digest, missing);
    }

    public async Task DeleteAsync(ApiRequest request)
    {
        var reference = request.Path.FindReference() ?? throw new OciException(OciError.ManifestUnknown);
        var now = time.GetUtcNow();
        var deletion = new Deletion(request.Caller.Subject.Name ?? "-", "deleted through the API", now)
        {
            Forced = request.Message.Query["force"] == "true",
            PulledSince = now - collection.PulledWithin,
        };
        if (reference.Digest is { } digest && !deletion.Forced)
        {
            pulls.Forget(request.Repository, digest, request.Http.Connection.RemoteIpAddress);
            await pulls.FlushAsync(request.Cancelled); // what others pulled a moment ago counts too
        }

        await manifests.RemoveAsync(request.Repository, reference, deletion, request.Cancelled);
        logger.Deleted(request.Repository.ToString(), reference.ToString(), deletion.Actor, deletion.Forced);
        request.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private void WarnOfMissing(ApiRequest request, Digest digest, IReadOnlyList<Digest> missing)
    {
        logger.StoredSparse(request.Repository.ToString(), digest.ToString(), missing.Count, missing[0].ToString());
        Warning.Add(request.Response, $"stored, but {missing.Count} of what it names is not in this repository, first {missing[0]}: push that too");
    }

    private static List<Tag> QueryTags(ApiRequest request) => [.. request.Message.Query["tag"].Distinct().Select(text =>
        Tag.TryParse(text, out var tag) ? tag : throw new OciException(OciError.TagInvalid, "a query parameter 'tag' is not a tag"))];

    private static string? MediaType(string? contentType)
    {
        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.IsEmpty ? null : type.ToString();
    }
}
