using System.Security.Cryptography;
using Berth.Oci;
using Berth.Packaging.Attach;

namespace Berth.Packaging.Tests.Attach;

public sealed class SigningKeyTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_key_is_taken_in_each_form_that_is_not_encrypted()
    {
        foreach (var pem in new[] { _key.ExportPkcs8PrivateKeyPem(), _key.ExportECPrivateKeyPem(), "Some words before.\n" + _key.ExportECPrivateKeyPem() })
        {
            using var key = Load(pem);
            Assert.True(_key.VerifyData("x"u8, key.Sign("x"u8), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    [Theory]
    [InlineData("MP_BUILD_SIGNING_PASSWORD")]
    [InlineData("COSIGN_PASSWORD")]
    public void An_encrypted_key_is_opened_with_the_password_from_the_environment(string variable)
    {
        using var key = Load(Encrypted(), (variable, "pass"), ("COSIGN_PASSWORD", "other"));
        Assert.True(_key.VerifyData("x"u8, key.Sign("x"u8), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_wrong_password_and_none_are_told_apart_and_never_shown()
    {
        Assert.Contains("is encrypted: give its password in MP_BUILD_SIGNING_PASSWORD", Fail(Encrypted()), StringComparison.Ordinal);
        var wrong = Fail(Encrypted(), ("MP_BUILD_SIGNING_PASSWORD", "not-it"));
        Assert.Contains("cannot be opened: the password in MP_BUILD_SIGNING_PASSWORD or COSIGN_PASSWORD is not its password", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_cosign_s_own_form_names_the_way_out()
    {
        var pem = PemEncoding.WriteString("ENCRYPTED SIGSTORE PRIVATE KEY", "{}"u8);
        var message = Fail(pem);
        Assert.Contains("cosign's own form of encryption", message, StringComparison.Ordinal);
        Assert.Contains("openssl ecparam -name prime256v1 -genkey", message, StringComparison.Ordinal);
        Assert.Contains("'cosign import-key-pair --key sign.pem'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_keys_are_told_from_no_key()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        Assert.Contains("not on the curve P-256", Fail(p384.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("has no ECDSA key", Fail(rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("is a public key", Fail(_key.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("has no key in PEM form", Fail("hello"), StringComparison.Ordinal);
        Assert.Contains("has a 'CERTIFICATE' and no private key", Fail(PemEncoding.WriteString("CERTIFICATE", "x"u8)), StringComparison.Ordinal);
        Assert.Contains("openssl pkcs8 -topk8", Fail("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END EC PRIVATE KEY-----\n"), StringComparison.Ordinal);
        Assert.Contains("is no file with a key", Assert.Throws<PackException>(() => SigningKey.Load(_directory.Path("none"), _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_is_recognized_by_the_key_that_signed_it_and_for_its_image_alone()
    {
        using var key = Load(_key.ExportPkcs8PrivateKeyPem());
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = Load(other.ExportPkcs8PrivateKeyPem());
        var image = Digest.Of("image"u8);
        var bundle = SignatureBundle.Create(image, key);

        Assert.True(SignatureBundle.IsOf(bundle, image, key.Verify));
        Assert.False(SignatureBundle.IsOf(bundle, image, stranger.Verify));
        Assert.False(SignatureBundle.IsOf(bundle, Digest.Of("other"u8), key.Verify));
        Assert.False(SignatureBundle.IsOf("{}"u8.ToArray(), image, key.Verify));
        Assert.False(SignatureBundle.IsOf("[1]"u8.ToArray(), image, key.Verify));
        Assert.False(SignatureBundle.IsOf("no json"u8.ToArray(), image, key.Verify));
    }

    private string Encrypted() => _key.ExportEncryptedPkcs8PrivateKeyPem("pass", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    private SigningKey Load(string pem, params (string Name, string Value)[] environment) => SigningKey.Load(
        _directory.Write("sign.pem", pem), name => environment.FirstOrDefault(one => one.Name == name).Value);

    private string Fail(string pem, params (string Name, string Value)[] environment)
    {
        var e = Assert.Throws<PackException>(() => Load(pem, environment));
        Assert.Equal(PackFailure.Usage, e.Failure);
        Assert.StartsWith($"--sign: {_directory.Path("sign.pem")} ", e.Message, StringComparison.Ordinal);
        Assert.Null(e.InnerException);
        return e.Message;
    }
}
