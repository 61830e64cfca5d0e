using System.Security.Cryptography;
using Berth.Oci.Bundles;

namespace Berth.Registry.Tests.Bundles;

/// <summary>What is damaged, cut off or signed by somebody else is not taken in.</summary>
public sealed class BundleTrustTests : BundledRegistry
{
    private const string Layer = "the only layer of this image";

    [Fact]
    public async Task A_bundle_with_any_byte_changed_is_refused_and_nothing_of_it_is_seen()
    {
        await PushImageAsync("1.0", Layer);
        await ExportWellAsync(Bundle);
        var good = await File.ReadAllBytesAsync(Bundle, Cancelled);
        // Blanks only fill up: nobody reads them.
        var read = Enumerable.Range(0, good.Length).Where(at => good[at] is not (0 or (byte)'\n')).ToArray();
        var random = new Random(20261124);
        random.Shuffle(read);
        foreach (var at in read.Take(100))
        {
            var bad = good.ToArray();
            bad[at] ^= 1;
            await File.WriteAllBytesAsync(Second, bad, Cancelled);
            await EmptyOtherAsync();

            var run = await ImportAsync(Second);

            Assert.True(run.ExitCode == 1, $"byte {at} of {good.Length}: {run}");
            Assert.Equal((0L, 0L), (Visible().Manifests, Visible().Tags));
        }

        await ImportWellAsync(Bundle);
        Assert.Equal((1L, 1L), (Visible().Manifests, Visible().Tags));
    }

    [Fact]
    public async Task A_bundle_that_is_cut_off_is_refused()
    {
        await PushImageAsync("1.0", Layer);
        await ExportWellAsync(Bundle);
        await using (var file = File.Open(Bundle, FileMode.Open))
            file.SetLength(file.Length - 1);

        (await ImportAsync(Bundle)).AssertFailed(1, "copy it again");
        (await ImportAsync(PathOf("none"))).AssertFailed(1, "there is no such file");
        await File.WriteAllTextAsync(Second, "something else", Cancelled);
        (await ImportAsync(Second)).AssertFailed(1, "is no bundle of 'berth export'");
        Assert.Equal((0L, 0L, 0L), Visible());
    }

    [Fact]
    public async Task Only_what_the_holder_of_the_key_signed_is_taken_when_a_key_is_given()
    {
        await PushImageAsync("1.0", Layer);
        var (mine, public1) = Key("mine");
        var (_, public2) = Key("theirs");
        await ExportWellAsync(Bundle);
        var signed = await ExportWellAsync(Second, "--key", mine);
        Assert.True(signed.Signed);

        (await ImportAsync(Bundle, "--key", public1)).AssertFailed(1, "is not signed, and a key was given");
        (await ImportAsync(Second, "--key", public2)).AssertFailed(1, "the signature is not one of the given key");
        (await ImportAsync(Second, "--key", mine)).AssertFailed(2, "is a private key");
        Assert.Equal((0L, 0L, 0L), Visible());

        Assert.Equal("verified", (await ImportWellAsync(Second, "--key", public1)).Trust);
        Assert.Equal("unchecked", (await ImportWellAsync(Second)).Trust);
        Assert.Equal("not_signed", (await ImportWellAsync(Bundle)).Trust);
    }

    [Fact]
    public async Task An_import_that_was_broken_off_goes_on_with_what_is_missing()
    {
        await PushLayersAsync("1.0", "a layer that arrives", "a layer that does not");
        await ExportWellAsync(Bundle);
        var good = await File.ReadAllBytesAsync(Bundle, Cancelled);
        await using var bundle = await BundleFile.OpenAsync(Bundle, null, Cancelled);
        // Damaged at the last of its content, so that all before it was taken in.
        var last = bundle.Contents.Content[^1].Digest;
        var bad = good.ToArray();
        bad[bad.AsSpan().LastIndexOfAnyExcept((byte)0)] ^= 1;
        await File.WriteAllBytesAsync(Second, bad, Cancelled);

        (await ImportAsync(Second)).AssertFailed(1, last.ToString());
        Assert.Equal(0L, Visible().Manifests);
        var arrived = (long)Visible().Blobs!;
        var second = await ImportWellAsync(Bundle);

        Assert.Equal(second.Blobs, arrived + second.NewBlobs);
        Assert.True(second.NewBlobs < second.Blobs, $"{second}");
        Assert.Equal((1L, 1L), (Visible().Manifests, Visible().Tags));
    }

    private (string Private, string Public) Key(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (secret, shown) = (PathOf($"{name}.pem"), PathOf($"{name}.pub"));
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(shown, key.ExportSubjectPublicKeyInfoPem());
        return (secret, shown);
    }
}
