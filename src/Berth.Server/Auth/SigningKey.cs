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

    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pkcs8">As <see cref="Export"/> gave it, in Base64.</param>
    /// <exception cref="CryptographicException">It is no key.</exception>
    public static SigningKey Import(string pkcs8)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Convert.FromBase64String(pkcs8), out _);
        return new SigningKey(pair);
    }

    public string Export() => Convert.ToBase64String(_pair.ExportPkcs8PrivateKey());

    public void Dispose() => _pair.Dispose();
}
