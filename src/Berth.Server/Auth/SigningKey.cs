using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Auth;

/// <summary>The registry's own key pair for tokens (ES256). Kept in the store, so that a token outlives a restart.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _pair;

    private SigningKey(ECDsa pair)
    {
        _pair = pair;
        Security = new ECDsaSecurityKey(pair);
    }

    public ECDsaSecurityKey Security { get; }

    /// <summary>A new pair, as <see cref="Import"/> reads it.</summary>
    public static string NewText()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(pair.ExportPkcs8PrivateKey());
    }

    /// <param name="text">PKCS #8 in Base64.</param>
    /// <exception cref="CryptographicException">It is no key.</exception>
    public static SigningKey Import(string text)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        return new SigningKey(pair);
    }

    public void Dispose() => _pair.Dispose();
}
