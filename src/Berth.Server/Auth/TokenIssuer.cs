using System.Globalization;
using System.Text.Json;
using Berth.Registry.Access;
using Berth.Server.Api;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Auth;

/// <summary>Signs tokens that name an account and what it may do where, for a few minutes.</summary>
internal sealed class TokenIssuer(SigningKey key, TimeSpan lifetime, TimeProvider time)
{
    public const string Issuer = "berth";

    /// <summary>The name of the service that challenges and tokens carry.</summary>
    public const string Service = "berth";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SigningCredentials _credentials = new(key.Security, SecurityAlgorithms.EcdsaSha256);

    public TokenDocument Issue(Subject subject, IEnumerable<GrantedAccess> access)
    {
        var now = time.GetUtcNow();
        var seconds = now.ToUnixTimeSeconds();
        var payload = new TokenPayload(
            Issuer, Service, subject.Name ?? "", seconds, seconds, seconds + (long)lifetime.TotalSeconds, Guid.NewGuid().ToString("N"), [.. access]);
        var token = _handler.CreateToken(JsonSerializer.Serialize(payload, ServerJson.Default.TokenPayload), _credentials);
        return new TokenDocument(
            token, token, (int)lifetime.TotalSeconds, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
