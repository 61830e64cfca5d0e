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
        var (scheme, credential) = header.Count == 1 ? Split(header.ToString()) : ("", "");
        var caller = scheme.ToLowerInvariant() switch
        {
            "bearer" => await FromTokenAsync(credential)
                ?? throw challenge.Unauthorized(http, null, "invalid_token", "the token is not valid or has expired"),
            "basic" => await FromPasswordAsync(credential, http)
                ?? throw challenge.Unauthorized(http, null, null, "the user name or the password is wrong"),
            _ => throw challenge.Unauthorized(http, null, null, "one Authorization header is expected, Bearer or Basic"),
        };
        http.Facts().Account = caller.Subject.Name;
        return caller;
    }

    private async ValueTask<Caller?> FromTokenAsync(string token)
    {
        var grant = await tokens.VerifyAsync(token);
        return grant is null ? null : new Caller(new Subject(grant.Account, false), grant);
    }

    private async ValueTask<Caller?> FromPasswordAsync(string base64, HttpContext http)
    {
        var subject = BasicCredential.TryParse(base64) is { } credential ? await logins.VerifyAsync(credential, http) : null;
        return subject is null ? null : new Caller(subject, null);
    }

    private static (string Scheme, string Credential) Split(string header)
    {
        var space = header.IndexOf(' ');
        return space < 0 ? (header, "") : (header[..space], header[(space + 1)..].Trim());
    }
}
