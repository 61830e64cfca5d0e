using System.Security.Cryptography;

namespace Berth.Packaging.Attach;

/// <summary>A private key to sign images with: ECDSA on the curve P-256, in a PEM file.</summary>
internal sealed class SigningKey : IDisposable
{
    public static readonly IReadOnlyList<string> PasswordVariables = ["MP_BUILD_SIGNING_PASSWORD", "COSIGN_PASSWORD"];

    private const long LongestFile = 64 * 1024;
    private const string CurveP256 = "1.2.840.10045.3.1.7";
    private const string MakeOne = "make a key with 'openssl ecparam -name prime256v1 -genkey -noout -out sign.pem', and its public half for cosign with "
        + "'openssl ec -in sign.pem -pubout -out sign.pub'";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key) => _key = key;

    /// <summary>The name that cosign gives a public key in what it signs: Base64 of the SHA-256 of its DER form.</summary>
    public string Hint => Convert.ToBase64String(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <param name="path">As given on the command line.</param>
    /// <param name="variable">The environment, for the password of an encrypted key.</param>
    /// <exception cref="PackException">There is no such key, or it is of another kind.</exception>
    public static SigningKey Load(string path, Func<string, string?> variable)
    {
        var pem = Read(path);
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw Wrong(path, "is encrypted in the old form of OpenSSL: 'openssl pkcs8 -topk8 -in KEY -out sign.pem' makes one in the form of today");
        if (!PemEncoding.TryFind(pem, out var fields))
            throw Wrong(path, $"has no key in PEM form: {MakeOne}");
        var label = pem[fields.Label];
        var key = ECDsa.Create();
        try
        {
            Import(key, pem, label, path, variable);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != CurveP256)
                throw Wrong(path, $"has a key that is not on the curve P-256, which is what cosign verifies: {MakeOne}");
            return new SigningKey(key);
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

    private static string Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= LongestFile })
                return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"cannot be read: {e.Message}");
        }

        throw Wrong(path, $"is no file with a key: {MakeOne}");
    }

    private static void Import(ECDsa key, string pem, string label, string path, Func<string, string?> variable)
    {
        try
        {
            if (label is "PRIVATE KEY" or "EC PRIVATE KEY")
                key.ImportFromPem(pem);
            else if (label is "ENCRYPTED PRIVATE KEY")
                key.ImportFromEncryptedPem(pem, Password(path, variable));
            else
                throw Wrong(path, WhatElse(label));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Not as inner exception, and without its text: both may tell of the password.
            throw Wrong(path, label is "ENCRYPTED PRIVATE KEY"
                ? $"cannot be opened: the password in {string.Join(" or ", PasswordVariables)} is not its password, or it is no ECDSA key"
                : $"has no ECDSA key: {MakeOne}");
        }
    }

    private static string Password(string path, Func<string, string?> variable) =>
        PasswordVariables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? throw Wrong(path, $"is encrypted: give its password in {PasswordVariables[0]}");

    private static string WhatElse(string label) => label switch
    {
        "ENCRYPTED SIGSTORE PRIVATE KEY" or "ENCRYPTED COSIGN PRIVATE KEY" =>
            $"is a key in cosign's own form of encryption, which only cosign opens: {MakeOne}; "
            + "'cosign import-key-pair --key sign.pem' gives cosign the same key",
        "PUBLIC KEY" => "is a public key: the private one is needed to sign",
        _ => $"has a '{Oci.Quote.Short(label)}' and no private key: {MakeOne}",
    };

    private static PackException Wrong(string path, string what) => new(PackFailure.Usage, $"--sign: {path} {what}");
}
