using System.Security.Cryptography;
using System.Text;
using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Clients;
using Berth.Oci;
using Berth.Packaging.Attach;

namespace Berth.Packaging.Tests.Attach;

/// <summary>Signatures, judged by cosign itself, which is told nothing about where to look.</summary>
public sealed class ImageSignatureTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SigningKey _key;

    public ImageSignatureTests() => _key = NewKey("sign");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(Shelf.Berth)]
    [InlineData(Shelf.Debian)]
    public async Task Cosign_verifies_a_signature_by_digest_and_by_tag_and_refuses_another_key(string kind)
    {
        await using var shelf = await Shelf.StartAsync(kind);
        using var stranger = NewKey("stranger");

        var result = await SignAsync(shelf, _key);

        Assert.True(result.IsNew);
        (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "sign")).Succeeded();
        (await VerifyAsync(shelf.Repository.Tagged(Tag.Parse("1")), "sign")).Succeeded();
        Assert.NotEqual(0, (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "stranger")).ExitCode);
    }

    [Theory]
    [InlineData(Shelf.Berth)]
    [InlineData(Shelf.Debian)]
    public async Task An_image_that_is_signed_is_not_signed_again_by_the_same_key(string kind)
    {
        await using var shelf = await Shelf.StartAsync(kind);
        using var other = NewKey("other");
        var first = await SignAsync(shelf, _key);

        var again = await SignAsync(shelf, _key);

        Assert.Equal((first.Digest, false), (again.Digest, again.IsNew));
        Assert.Single(await shelf.ReferrersAsync(SignatureBundle.MediaType));
        Assert.True((await SignAsync(shelf, other)).IsNew);
        Assert.Equal(2, (await shelf.ReferrersAsync(SignatureBundle.MediaType)).Count);
        (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "sign")).Succeeded();
        (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "other")).Succeeded();
    }

    [Fact]
    public async Task Cosign_refuses_a_signature_that_was_tampered_with()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Berth);
        var bundle = Encoding.UTF8.GetString(SignatureBundle.Create(Digest.Of("another image"u8), _key));
        var payload = Convert.ToBase64String(SignedStatement.Of(Digest.Of("another image"u8)));
        Assert.Contains(payload, bundle, StringComparison.Ordinal);
        await StoreAsync(shelf, bundle.Replace(payload, Convert.ToBase64String(SignedStatement.Of(shelf.Image.Digest)), StringComparison.Ordinal));

        Assert.NotEqual(0, (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "sign")).ExitCode);

        // It is no signature of ours either, so that a good one is added, and counts.
        Assert.True((await SignAsync(shelf, _key)).IsNew);
        (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "sign")).Succeeded();
    }

    [Fact]
    public async Task Cosign_refuses_the_signature_of_another_image()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Berth);
        await StoreAsync(shelf, Encoding.UTF8.GetString(SignatureBundle.Create(Digest.Of("another image"u8), _key)));

        Assert.NotEqual(0, (await VerifyAsync(shelf.Repository.At(shelf.Image.Digest), "sign")).ExitCode);
    }

    [Fact]
    public async Task An_image_that_is_not_there_cannot_be_signed()
    {
        await using var shelf = await Shelf.StartAsync(Shelf.Debian);

        var e = await Assert.ThrowsAsync<PackException>(
            () => new ImageSignature(shelf.Repository, shelf.Client, _key).SignAsync(Digest.Of("x"u8), null, Token));

        Assert.Equal(PackFailure.Push, e.Failure);
        Assert.Contains("is not there", e.Message, StringComparison.Ordinal);
    }

    private SigningKey NewKey(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _directory.Write($"{name}.pub", key.ExportSubjectPublicKeyInfoPem());
        return SigningKey.Load(_directory.Write($"{name}.pem", key.ExportPkcs8PrivateKeyPem()), _ => null);
    }

    private static Task<AttachResult> SignAsync(Shelf shelf, SigningKey key) =>
        new ImageSignature(shelf.Repository, shelf.Client, key).SignAsync(shelf.Image.Digest, null, Token);

    private static async Task StoreAsync(Shelf shelf, string bundle)
    {
        var layer = ReferrerLayer.OfBytes(SignatureBundle.MediaType, Encoding.UTF8.GetBytes(bundle));
        await new ReferrerStore(shelf.Client, shelf.Repository.Repository).PutAsync(new Referrer(SignatureBundle.MediaType, shelf.Image, layer), Token);
    }

    private Task<CommandResult> VerifyAsync(Reference image, string key) =>
        new Command(
            Programs.Find("cosign"), "verify", "--allow-http-registry", "--key", _directory.Path($"{key}.pub"), "--insecure-ignore-tlog=true", image.ToString())
            .With("HOME", _directory.FullPath).With("DOCKER_CONFIG", _directory.FullPath).RunAsync();
}
