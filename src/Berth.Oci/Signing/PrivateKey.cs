using System.Security.Cryptography;

namespace Berth.Oci.Signing;

/// <summary>A private key to sign with: ECDSA on the curve P-256, in a PEM file.</summary>
public sealed class PrivateKey : IDisposable
{
    private readonly ECDsa _key;

    private PrivateKey(ECDsa key) => _key = key;

    /// <summary>The name that cosign gives a public key in what it signs: Base64 of the SHA-256 of its DER form.</summary>
    public string Hint => Convert.ToBase64String(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <param name="path">As given on the command line.</param>
    /// <param name="variable">The environment, for the password of an encrypted key.</param>
    /// <param name="passwordVariables">What of the environment may hold it; the first that does is taken.</param>
    /// <exception cref="KeyException">There is no such key, or it is of another kind.</exception>
    public static PrivateKey Load(string path, Func<string, string?> variable, IReadOnlyList<string> passwordVariables)
    {
        var pem = KeyFile.Read(path);
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw Wrong(path, "is encrypted in the old form of OpenSSL: 'openssl pkcs8 -topk8 -in KEY -out sign.pem' makes one in the form of today");
        if (!PemEncoding.TryFind(pem, out var fields))
            throw Wrong(path, $"has no key in PEM form: {KeyFile.MakeOne}");
        var label = pem[fields.Label];
        var key = ECDsa.Create();
        try
        {
            Import(key, pem, label, path, () => Password(path, variable, passwordVariables), passwordVariables);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != KeyFile.CurveP256)
                throw Wrong(path, $"has a key that is not on the curve P-256, which is what cosign verifies: {KeyFile.MakeOne}");
            return new PrivateKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();

    private static void Import(
        ECDsa key, string pem, string label, string path, Func<string> password, IReadOnlyList<string> passwordVariables)
    {
        try
        {
            if (label is "PRIVATE KEY" or "EC PRIVATE KEY")
                key.ImportFromPem(pem);
            else if (label is "ENCRYPTED PRIVATE KEY")
                key.ImportFromEncryptedPem(pem, password());
            else
                throw Wrong(path, WhatElse(label));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Not as inner exception, and without its text: both may tell of the password.
            throw Wrong(path, label is "ENCRYPTED PRIVATE KEY"
                ? $"cannot be opened: the password in {string.Join(" or ", passwordVariables)} is not its password, or it is no ECDSA key"
                : $"has no ECDSA key: {KeyFile.MakeOne}");
        }
    }

    private static string Password(string path, Func<string, string?> variable, IReadOnlyList<string> variables) =>
        variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? throw Wrong(path, $"is encrypted: give its password in {variables[0]}");

    private static string WhatElse(string label) => label switch
    {
        "ENCRYPTED SIGSTORE PRIVATE KEY" or "ENCRYPTED COSIGN PRIVATE KEY" =>
            $"is a key in cosign's own form of encryption, which only cosign opens: {KeyFile.MakeOne}; "
            + "'cosign import-key-pair --key sign.pem' gives cosign the same key",
        "PUBLIC KEY" => "is a public key: the private one is needed to sign",
        _ => $"has a '{Quote.Short(label)}' and no private key: {KeyFile.MakeOne}",
    };

    private static KeyException Wrong(string path, string what) => new(path, what);
}
