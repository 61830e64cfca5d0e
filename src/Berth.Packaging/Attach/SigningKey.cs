using Berth.Oci.Signing;

namespace Berth.Packaging.Attach;

/// <summary>The private key that <c>--sign</c> names.</summary>
internal sealed class SigningKey : IDisposable
{
    public static readonly IReadOnlyList<string> PasswordVariables = ["MP_BUILD_SIGNING_PASSWORD", "COSIGN_PASSWORD"];

    private readonly PrivateKey _key;

    private SigningKey(PrivateKey key) => _key = key;

    /// <inheritdoc cref="PrivateKey.Hint"/>
    public string Hint => _key.Hint;

    /// <param name="path">As given on the command line.</param>
    /// <param name="variable">The environment, for the password of an encrypted key.</param>
    /// <exception cref="PackException">There is no such key, or it is of another kind.</exception>
    public static SigningKey Load(string path, Func<string, string?> variable)
    {
        try
        {
            return new SigningKey(PrivateKey.Load(path, variable, PasswordVariables));
        }
        catch (KeyException e)
        {
            throw new PackException(PackFailure.Usage, $"--sign: {e.Message}");
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data) => _key.Sign(data);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _key.Verify(data, signature);

    public void Dispose() => _key.Dispose();
}
