using Berth.Oci;
using Berth.Registry.Tags;
using Berth.Server.Auth;

namespace Berth.Server.Api;

/// <summary><c>/v2/&lt;name&gt;/tags/list</c> and <c>/v2/_catalog</c> (OCI distribution specification 1.1, "Listing Tags").</summary>
internal sealed class ListEndpoints(RepositoryLists lists, AccessGate gate)
{
    public async Task GetTagsAsync(ApiRequest request)
    {
        var (size, after) = Page(request);
        var page = await lists.ListTagsAsync(request.Repository, after, size, request.Cancelled);
        var tags = page.Items.Select(tag => tag.ToString()).ToArray();
        if (page.HasMore)
            LinkToNext(request, size, tags[^1]);
        await Json.SendAsync(request.Http, StatusCodes.Status200OK, new TagListDocument(request.Repository.ToString(), tags), ServerJson.Default.TagListDocument);
    }

    public async Task GetCatalogAsync(ApiRequest request)
    {
        await gate.RequireCatalogAsync(request);
        var (size, after) = Page(request);
        var page = await lists.ListRepositoriesAsync(after, size, request.Cancelled);
        var names = page.Items.Select(name => name.ToString()).ToArray();
        if (page.HasMore)
            LinkToNext(request, size, names[^1]);
        await Json.SendAsync(request.Http, StatusCodes.Status200OK, new CatalogDocument(names), ServerJson.Default.CatalogDocument);
    }

    private static (int Size, string? After) Page(ApiRequest request)
    {
        var query = request.Message.Query;
        var size = query.ContainsKey("n") ? PageSize(query["n"].ToString()) : RepositoryLists.MaxPageSize;
        return (size, query["last"].ToString() is { Length: > 0 } last ? last : null);
    }

    /// <summary>More than fits a page is cut down to one, not refused; the link leads to the rest.</summary>
    private static int PageSize(ReadOnlySpan<char> n)
    {
        if (n.IsEmpty || n.ContainsAnyExceptInRange('0', '9'))
            throw new OciException(OciError.BadRequest, "the query parameter 'n' has to be a number of items");
        var significant = n.TrimStart('0');
        return significant.Length > 9 ? RepositoryLists.MaxPageSize
            : significant.IsEmpty ? 0 : Math.Min(int.Parse(significant, System.Globalization.CultureInfo.InvariantCulture), RepositoryLists.MaxPageSize);
    }

    private static void LinkToNext(ApiRequest request, int size, string last) =>
        request.Response.Headers.Link =
            $"<{request.Message.PathBase}{request.Message.Path.ToUriComponent()}?n={size}&last={Uri.EscapeDataString(last)}>; rel=\"next\"";
}
