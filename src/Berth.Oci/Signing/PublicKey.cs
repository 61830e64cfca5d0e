using System.Security.Cryptography;

namespace Berth.Oci.Signing;

/// <summary>A public key to verify signatures with: ECDSA on the curve P-256, in a PEM file.</summary>
public sealed class PublicKey : IDisposable
{
    private readonly ECDsa _key;

    private PublicKey(ECDsa key) => _key = key;

    /// <exception cref="KeyException">There is no such key, or it is of another kind.</exception>
    public static PublicKey Load(string path)
    {
        var pem = KeyFile.Read(path);
        if (!PemEncoding.TryFind(pem, out var fields))
            throw new KeyException(path, $"has no key in PEM form: {KeyFile.MakeOne}");
        var label = pem[fields.Label];
        if (label.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw new KeyException(path, "is a private key: its public half is needed to verify, and the private one should stay where it signs");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == KeyFile.CurveP256)
                return new PublicKey(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Told below, with what helps.
        }

        key.Dispose();
        throw new KeyException(path, $"has no public ECDSA key on the curve P-256: {KeyFile.MakeOne}");
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
