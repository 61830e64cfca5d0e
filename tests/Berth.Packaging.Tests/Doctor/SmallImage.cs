using System.Text;
using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Tests.Doctor;

/// <summary>An image of one layer, pushed with a client of ours.</summary>
internal static class SmallImage
{
    public static async Task<Descriptor> PushAsync(
        RegistryClient registry, RepositoryName repository, string tag, string architecture = "amd64", string layer = "layer")
    {
        var token = TestContext.Current.CancellationToken;
        var config = await PushBlobAsync(registry, repository, $$"""{"os":"linux","architecture":"{{architecture}}"}""", MediaTypes.OciConfig);
        var content = await PushBlobAsync(registry, repository, layer, "application/vnd.oci.image.layer.v1.tar");
        var manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(config)}},"layers":[{{Json(content)}}]}""");
        var digest = await registry.PutManifestAsync(repository, ManifestReference.To(Tag.Parse(tag)), MediaTypes.OciManifest, manifest, token);
        return new Descriptor(MediaTypes.OciManifest, digest, manifest.Length);
    }

    private static async Task<Descriptor> PushBlobAsync(RegistryClient registry, RepositoryName repository, string content, string mediaType)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var blob = new Descriptor(mediaType, Digest.Of(bytes), bytes.Length);
        await registry.PushBlobAsync(repository, blob, () => new MemoryStream(bytes), TestContext.Current.CancellationToken);
        return blob;
    }

    private static string Json(Descriptor blob) => $$"""{"mediaType":"{{blob.MediaType}}","digest":"{{blob.Digest}}","size":{{blob.Size}}}""";
}
