using Berth.Oci;
using Berth.Registry.Storage;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Api;

/// <summary>The digest is the entity tag (RFC 9110, section 8.8.3), so a client that has the content need not fetch it again.</summary>
internal static class EntityTag
{
    public static string Of(Digest digest) => $"\"{digest}\"";

    /// <summary>Answers 304 when the client has the content already.</summary>
    public static bool IsNotModified(ApiRequest request, Digest digest)
    {
        var known = request.Message.Headers.IfNoneMatch;
        if (known.Count == 0 || !Names(known.ToString(), Of(digest)))
            return false;
        request.Response.StatusCode = StatusCodes.Status304NotModified;
        request.Response.Headers.ETag = Of(digest);
        request.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        return true;
    }

    /// <summary>What a write asks for with If-Match or If-None-Match (RFC 9110, section 13.1); null when it asks for nothing.</summary>
    public static ManifestCondition? ConditionOf(ApiRequest request, ManifestReference reference)
    {
        var headers = request.Message.Headers;
        if (headers.IfMatch.Count > 0)
            return new ManifestCondition(reference, Unchanged: true, Digests(headers.IfMatch));
        return headers.IfNoneMatch.Count > 0 ? new ManifestCondition(reference, Unchanged: false, Digests(headers.IfNoneMatch)) : null;
    }

    /// <returns>Null for any. A tag that is no digest is one that nothing here has.</returns>
    private static List<Digest>? Digests(StringValues header)
    {
        var list = header.ToString().AsSpan();
        var digests = new List<Digest>();
        foreach (var part in list.Split(','))
        {
            var item = list[part].Trim();
            if (item is "*")
                return null;
            if (item is ['"', .. var text, '"'] && Digest.TryParse(text, out var digest))
                digests.Add(digest);
        }

        return digests;
    }

    private static bool Names(ReadOnlySpan<char> list, ReadOnlySpan<char> tag)
    {
        foreach (var part in list.Split(','))
        {
            var item = list[part].Trim();
            if (item is "*" || (item.StartsWith("W/") ? item[2..] : item).SequenceEqual(tag))
                return true;
        }

        return false;
    }
}
