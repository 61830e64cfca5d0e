using Berth.Oci;

namespace Berth.Server.Auth;

/// <summary>Tells a client where to get the token that it needs (RFC 6750; Docker's token authentication).</summary>
internal sealed class Challenge(Uri? publicUrl)
{
    /// <param name="scope">What the token has to grant; null when any token will do.</param>
    /// <param name="error">Why the token that came is not enough, as RFC 6750 names it; null when none came.</param>
    /// <param name="detail">The same for people.</param>
    /// <returns>What to throw; the response carries the challenge.</returns>
    public OciException Unauthorized(HttpContext http, string? scope, string? error = null, string? detail = null)
    {
        var challenge = $"Bearer realm=\"{Realm(http.Request)}\",service=\"{TokenIssuer.Service}\"";
        if (scope is not null)
            challenge += $",scope=\"{scope}\"";
        if (error is not null)
            challenge += $",error=\"{error}\"";
        http.Response.Headers.WWWAuthenticate = challenge;
        return new OciException(OciError.Unauthorized, detail);
    }

    private string Realm(HttpRequest request)
    {
        if (publicUrl is not null)
            return $"{publicUrl.AbsoluteUri.TrimEnd('/')}/token";
        var host = request.Host.HasValue
            ? request.Host.ToUriComponent()
            : new System.Net.IPEndPoint(request.HttpContext.Connection.LocalIpAddress!, request.HttpContext.Connection.LocalPort).ToString();
        return $"{request.Scheme}://{host}{request.PathBase}/token";
    }
}
