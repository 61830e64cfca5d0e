using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

/// <summary>The client against a registry of other people, and skopeo as the second opinion.</summary>
public sealed class ForeignRegistryTests(OpenForeignRegistry registry) : IClassFixture<OpenForeignRegistry>
{
    private static readonly RepositoryName Team = RepositoryName.Parse("team/app");
    private static readonly ManifestReference Latest = ManifestReference.To(Tag.Parse("latest"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_pushed_comes_back_byte_for_byte()
    {
        using var client = registry.Client();
        var image = new SmallImage();
        await image.PushAsync(client, Team, "latest");

        var byTag = await client.GetManifestAsync(Team, Latest, Token);
        var byDigest = await client.GetManifestAsync(Team, ManifestReference.To(image.Digest), Token);
        Assert.Equal(image.Manifest, byTag?.Bytes.ToArray());
        Assert.Equal(image.Digest, byTag?.Digest);
        Assert.Equal(MediaTypes.OciManifest, byTag?.MediaType);
        Assert.Equal(image.Manifest, byDigest?.Bytes.ToArray());
        Assert.Equal(new Descriptor(MediaTypes.OciManifest, image.Digest, image.Manifest.Length), await client.HeadManifestAsync(Team, Latest, Token));
        Assert.Equal(image.Layer.Size, await client.FindBlobAsync(Team, image.Layer.Digest, Token));
        await using var blob = await client.OpenBlobAsync(Team, image.Layer.Digest, Token);
        Assert.Equal(image.LayerContent, await ReadAsync(blob!));
    }

    [Fact]
    public async Task A_blob_of_many_pieces_is_streamed_both_ways()
    {
        using var client = registry.Client();
        var image = new SmallImage(layerLength: 5_000_000);
        await client.PushBlobAsync(Team, image.Layer, () => new MemoryStream(image.LayerContent), Token);
        await using var blob = await client.OpenBlobAsync(Team, image.Layer.Digest, Token, image.Layer.Size);
        Assert.Equal(image.LayerContent, await ReadAsync(blob!));
    }

    [Fact]
    public async Task Skopeo_reads_what_the_client_pushed_and_the_client_reads_what_skopeo_copied()
    {
        using var client = registry.Client();
        var image = new SmallImage();
        await image.PushAsync(client, Team, "for-skopeo");
        var skopeo = Programs.Find("skopeo", package: "skopeo");
        var copied = RepositoryName.Parse("copied/by/skopeo");

        await Programs.RunAsync(
            skopeo, "copy", "--insecure-policy", "--preserve-digests", "--src-tls-verify=false", "--dest-tls-verify=false",
            $"docker://{registry.Host}/{Team}:for-skopeo", $"docker://{registry.Host}/{copied}:1");
        var manifest = await client.GetManifestAsync(copied, ManifestReference.To(Tag.Parse("1")), Token);
        Assert.Equal(image.Manifest, manifest?.Bytes.ToArray());
        Assert.Equal(image.Layer.Size, await client.FindBlobAsync(copied, image.Layer.Digest, Token));
    }

    [Fact]
    public async Task A_blob_is_mounted_from_another_repository()
    {
        using var client = registry.Client();
        var image = new SmallImage();
        var target = RepositoryName.Parse("mount/target");
        await client.PushBlobAsync(Team, image.Layer, () => new MemoryStream(image.LayerContent), Token);

        Assert.True(await client.MountBlobAsync(target, image.Layer.Digest, Team, Token));
        Assert.Equal(image.Layer.Size, await client.FindBlobAsync(target, image.Layer.Digest, Token));
        Assert.False(await client.MountBlobAsync(target, Digest.Of("nowhere"u8), Team, Token));
    }

    [Fact]
    public async Task What_is_absent_is_null()
    {
        using var client = registry.Client();
        var nothing = RepositoryName.Parse("no/such/repository");
        var digest = Digest.Of("absent"u8);
        Assert.Null(await client.GetManifestAsync(nothing, Latest, Token));
        Assert.Null(await client.HeadManifestAsync(nothing, Latest, Token));
        Assert.Null(await client.FindBlobAsync(nothing, digest, Token));
        Assert.Null(await client.OpenBlobAsync(nothing, digest, Token));
    }

    [Fact]
    public async Task Checking_the_right_to_push_leaves_nothing_behind()
    {
        using var client = registry.Client();
        var name = RepositoryName.Parse("only/checked");
        await client.CheckPushAsync(name, Token);
        Assert.Null(await client.GetManifestAsync(name, Latest, Token));
    }

    [Fact]
    public async Task A_blob_with_other_content_than_its_digest_is_refused_by_the_registry()
    {
        using var client = registry.Client();
        var blob = new Descriptor("a/b", Digest.Of("one"u8), 3);
        var failure = await Assert.ThrowsAsync<RegistryException>(() =>
            client.PushBlobAsync(Team, blob, () => new MemoryStream("two"u8.ToArray()), Token));
        Assert.Equal(RegistryFailure.Protocol, failure.Reason);
        Assert.Contains("DIGEST_INVALID", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }
}
