using System.Collections.Frozen;
using Berth.Oci;
using Berth.Server.Auth;
using static Berth.Registry.Access.RepositoryActions;

namespace Berth.Server.Api;

/// <summary>The distribution API: one table of verbs, and the way that every request takes through it.</summary>
internal sealed class RegistryApi(
    Authenticator authenticator, AccessGate gate, BlobEndpoints blobs, UploadEndpoints uploads, ManifestEndpoints manifests,
    ReferrerEndpoint referrers,
    ListEndpoints lists)
{
    private const string Prefix = "/v2/";

    private readonly FrozenDictionary<(PathKind Kind, string Method), ApiEndpoint> _endpoints = new Dictionary<(PathKind Kind, string Method), ApiEndpoint>
    {
        [(PathKind.Root, "GET")] = new(None, gate.GreetAsync),
        [(PathKind.Root, "HEAD")] = new(None, gate.GreetAsync),
        [(PathKind.Catalog, "GET")] = new(None, lists.GetCatalogAsync),
        [(PathKind.Tags, "GET")] = new(Pull, lists.GetTagsAsync),
        [(PathKind.Referrers, "GET")] = new(Pull, referrers.GetAsync),
        [(PathKind.Blob, "GET")] = new(Pull, blobs.GetAsync),
        [(PathKind.Blob, "HEAD")] = new(Pull, blobs.HeadAsync),
        [(PathKind.Blob, "DELETE")] = new(Delete, blobs.DeleteAsync),
        [(PathKind.Uploads, "POST")] = new(Pull | Push, uploads.PostAsync),
        [(PathKind.Upload, "GET")] = new(Pull | Push, uploads.GetAsync),
        [(PathKind.Upload, "PATCH")] = new(Pull | Push, uploads.PatchAsync),
        [(PathKind.Upload, "PUT")] = new(Pull | Push, uploads.PutAsync),
        [(PathKind.Upload, "DELETE")] = new(Pull | Push, uploads.DeleteAsync),
        [(PathKind.Manifest, "GET")] = new(Pull, manifests.GetAsync),
        [(PathKind.Manifest, "HEAD")] = new(Pull, manifests.GetAsync),
        [(PathKind.Manifest, "PUT")] = new(Pull | Push, manifests.PutAsync),
        [(PathKind.Manifest, "DELETE")] = new(Delete, manifests.DeleteAsync),
    }.ToFrozenDictionary();

    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        var path = Parse(http.Request.Path.Value);
        if (!_endpoints.TryGetValue((path.Kind, http.Request.Method), out var endpoint))
        {
            http.Response.Headers.Allow = string.Join(", ", _endpoints.Keys.Where(key => key.Kind == path.Kind).Select(key => key.Method));
            throw new OciException(OciError.Unsupported);
        }

        var request = new ApiRequest(http, path, await authenticator.AuthenticateAsync(http));
        if (endpoint.Needs is not None)
            await gate.RequireAsync(request, endpoint.Needs);
        await endpoint.AnswerAsync(request);
    }

    /// <summary><c>/v2</c> and <c>/v2/</c> are the same address; <c>/V2/</c>, which routing lets through, is another.</summary>
    private static DistributionPath Parse(ReadOnlySpan<char> path) =>
        path.StartsWith(Prefix) ? DistributionPath.Parse(path[Prefix.Length..])
        : path is "/v2" ? DistributionPath.Parse("")
        : throw new OciException(OciError.NotFound);
}
