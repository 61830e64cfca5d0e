using System.Collections.Concurrent;
using System.Text.Json;
using Berth.Server.Api;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Auth;

/// <summary>Checks tokens that this registry signed. A token is asked about many times in its short life, so its answer is remembered.</summary>
internal sealed class TokenVerifier(SigningKey key, TimeProvider time)
{
    private const int MostRemembered = 1024;

    /// <summary>In characters. Longer tokens are rare, and anybody may ask for as many as they like: they are verified each time.</summary>
    private const int LongestRemembered = 2048;

    /// <summary>A clock set back by less than this does not make fresh tokens invalid.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = 64 * 1024 };

    private readonly ConcurrentDictionary<string, TokenGrant> _known = new(StringComparer.Ordinal);

    /// <returns>Null when the token is not ours, was altered or has expired.</returns>
    public async ValueTask<TokenGrant?> VerifyAsync(string token)
    {
        if (!_known.TryGetValue(token, out var grant))
        {
            grant = await ReadAsync(token);
            if (grant is null)
                return null;
            Remember(token, grant);
        }

        if (grant.Expires > time.GetUtcNow())
            return grant;
        _known.TryRemove(token, out _);
        return null;
    }

    private void Remember(string token, TokenGrant grant)
    {
        if (token.Length > LongestRemembered)
            return;
        if (_known.Count >= MostRemembered)
            _known.Clear();
        _known[token] = grant;
    }

    private async Task<TokenGrant?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, Expected());
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return null;
        var payload = JsonSerializer.Deserialize(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload), ServerJson.Default.TokenPayload);
        return payload is null
            ? null
            : new TokenGrant(payload.Sub is "" ? null : payload.Sub, DateTimeOffset.FromUnixTimeSeconds(payload.Exp), payload.Access);
    }

    private TokenValidationParameters Expected() => new()
    {
        ValidIssuer = TokenIssuer.Issuer,
        ValidAudience = TokenIssuer.Service,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKey = key.Security,
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires > time.GetUtcNow().UtcDateTime && (notBefore is null || notBefore <= (time.GetUtcNow() + ClockStep).UtcDateTime),
    };
}
