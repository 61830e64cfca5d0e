using System.Security.Cryptography;
using System.Text;
using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

/// <summary>An image with one random layer, small enough to make in every test and different each time.</summary>
internal sealed class SmallImage
{
    private readonly byte[] _config = Encoding.UTF8.GetBytes("""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");

    public SmallImage(int layerLength = 1000)
    {
        LayerContent = RandomNumberGenerator.GetBytes(layerLength);
        Layer = new Descriptor("application/vnd.oci.image.layer.v1.tar", Digest.Of(LayerContent), layerLength);
        Config = new Descriptor(MediaTypes.OciConfig, Digest.Of(_config), _config.Length);
        Manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2, "mediaType":"{{MediaTypes.OciManifest}}",
             "config":{{Json(Config)}}, "layers":[{{Json(Layer)}}]}
            """);
    }

    public byte[] LayerContent { get; }

    public Descriptor Layer { get; }

    public Descriptor Config { get; }

    public byte[] Manifest { get; }

    public Digest Digest => Digest.Of(Manifest);

    public async Task PushAsync(RegistryClient client, RepositoryName repository, string tag)
    {
        var token = TestContext.Current.CancellationToken;
        await client.PushBlobAsync(repository, Config, () => new MemoryStream(_config), token);
        await client.PushBlobAsync(repository, Layer, () => new MemoryStream(LayerContent), token);
        var digest = await client.PutManifestAsync(repository, ManifestReference.To(Tag.Parse(tag)), MediaTypes.OciManifest, Manifest, token);
        Assert.Equal(Digest, digest);
    }

    private static string Json(Descriptor descriptor) =>
        $$"""{"mediaType":"{{descriptor.MediaType}}","digest":"{{descriptor.Digest}}","size":{{descriptor.Size}}}""";
}
