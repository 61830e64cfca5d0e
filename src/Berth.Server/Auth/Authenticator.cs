using Berth.Registry.Access;
using Berth.Server.Diagnostics;

namespace Berth.Server.Auth;

/// <summary>Finds out who sends a request. A credential that is wrong is refused; it is never treated as none.</summary>
/// <remarks>Runs before the body is read, so a token that expires during a long push does not break it.</remarks>
internal sealed class Authenticator(Logins logins, TokenVerifier tokens, Challenge challenge)
{
    public async ValueTask<Caller> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
            return Caller.Anonymous;
        var caller = header.Count == 1 ? await ReadAsync(header.ToString(), http) : null;
        if (caller is null)
            throw challenge.Unauthorized(http, null, "invalid_token");
        http.Facts().Account = caller.Subject.Name;
        return caller;
    }

    private async ValueTask<Caller?> ReadAsync(string header, HttpContext http)
    {
        if (Is(header, "Bearer "))
        {
            var grant = await tokens.VerifyAsync(header["Bearer ".Length..].Trim());
            return grant is null ? null : new Caller(new Subject(grant.Account, false), grant);
        }

        if (!Is(header, "Basic ") || BasicCredential.TryParse(header["Basic ".Length..].Trim()) is not { } credential)
            return null;
        return await logins.VerifyAsync(credential, http) is { } subject ? new Caller(subject, null) : null;
    }

    private static bool Is(string header, string scheme) => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
