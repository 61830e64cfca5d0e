using System.Net.Http.Headers;
using System.Text;

namespace Berth.Oci.Client;

/// <summary>What is sent to the registry to be let in.</summary>
/// <param name="Username">Whose login is behind it; null for an anonymous token.</param>
/// <param name="Origin">Where that login was found.</param>
internal sealed record Authorization(AuthenticationHeaderValue Header, string? Username, string? Origin)
{
    public bool IsToken => Header.Scheme == "Bearer";

    public static Authorization Basic(Credential credential) =>
        new(BasicHeader(credential), credential.Username, credential.Origin);

    public static AuthenticationHeaderValue BasicHeader(Credential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Secret}")));

    /// <summary>The header has the secret in it.</summary>
    public override string ToString() => $"{Header.Scheme} of {Username ?? "nobody"}";
}
