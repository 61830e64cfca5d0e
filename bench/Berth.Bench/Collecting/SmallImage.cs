using System.Text;
using Berth.Bench.Content;

namespace Berth.Bench.Collecting;

/// <summary>An image of a config and two layers that no other image has.</summary>
internal sealed class SmallImage
{
    public const int BlobsInEach = 3;

    private SmallImage(SmallBlob[] blobs)
    {
        Blobs = blobs;
        Manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{Image.MediaType}}","config":{{blobs[0].Descriptor("application/vnd.oci.image.config.v1+json")}},"layers":[{{Layers(blobs)}}]}""");
        Digest = SmallBlob.Sha256(Manifest);
    }

    public SmallBlob[] Blobs { get; }

    public byte[] Manifest { get; }

    public string Digest { get; }

    public static SmallImage Make(long number) =>
        new([.. Enumerable.Range(0, BlobsInEach).Select(i => SmallBlob.Make((number * BlobsInEach) + i))]);

    private static string Layers(SmallBlob[] blobs) =>
        string.Join(',', blobs.Skip(1).Select(blob => blob.Descriptor("application/vnd.oci.image.layer.v1.tar+gzip")));
}
