using Berth.Oci;

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
