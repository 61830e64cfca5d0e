using Berth.Oci;
using Berth.Registry.Manifests;

namespace Berth.Server.Api;

/// <summary><c>/v2/&lt;name&gt;/referrers/&lt;digest&gt;</c> (OCI distribution specification 1.1, "Listing Referrers").</summary>
/// <remarks>Never 404, also for a subject or repository that is not there: clients would take that for a registry without this API.</remarks>
internal sealed class ReferrerEndpoint(ManifestReferrers referrers)
{
    public async Task GetAsync(ApiRequest request)
    {
        var (subject, query) = (request.Path.Digest(), request.Message.Query);
        var type = query["artifactType"].ToString() is { Length: > 0 } asked ? asked : null;
        Digest? after = query.ContainsKey("last") ? request.QueryDigest("last") : null;
        var (found, hasMore) = await referrers.ListAsync(request.Repository, subject, type, after, request.Cancelled);

        var response = request.Response;
        if (type is not null)
            response.Headers["OCI-Filters-Applied"] = "artifactType";
        if (hasMore)
            response.Headers.Link = $"<{NextPage(request, type, found[^1].Digest)}>; rel=\"next\"";
        await Json.SendAsync(request.Http, StatusCodes.Status200OK, ReferrersIndex.Write(found), MediaTypes.OciIndex);
    }

    private static string NextPage(ApiRequest request, string? type, Digest last)
    {
        var filter = type is null ? "" : $"&artifactType={Uri.EscapeDataString(type)}";
        return $"{request.Address("referrers", request.Path.Last)}?last={last}{filter}";
    }
}
