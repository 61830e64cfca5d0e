using System.Text.Json.Serialization;

namespace Berth.Oci.Client;

/// <summary>The answer of a token service (Docker registry v2 token specification, "Token Response Fields").</summary>
internal sealed record TokenDocument
{
    public string? Token { get; init; }

    /// <summary>The OAuth 2.0 name of the same thing.</summary>
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>In seconds.</summary>
    [JsonPropertyName("expires_in")]
    public double? ExpiresIn { get; init; }

    public override string ToString() => nameof(TokenDocument);
}
