namespace Berth.Server.Auth;

/// <summary>The token service's answer. Clients of the two generations look for the token under different names.</summary>
/// <param name="ExpiresIn">In seconds from <paramref name="IssuedAt"/>.</param>
/// <param name="IssuedAt">RFC 3339, UTC.</param>
internal sealed record TokenDocument(string Token, string AccessToken, int ExpiresIn, string IssuedAt);

/// <summary>The claims of a token, named as in Docker's token specification. Times are seconds since 1970.</summary>
/// <param name="Sub">The account; empty for a token that nobody in particular asked for.</param>
internal sealed record TokenPayload(string Iss, string Aud, string Sub, long Iat, long Nbf, long Exp, string Jti, IReadOnlyList<GrantedAccess> Access);

internal sealed record GrantedAccess(string Type, string Name, IReadOnlyList<string> Actions)
{
    public const string Repository = "repository";
    public const string Registry = "registry";
    public const string Catalog = "catalog";
}
