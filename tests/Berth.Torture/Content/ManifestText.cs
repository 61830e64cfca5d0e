using System.Globalization;
using System.Text;
using Berth.Oci;
using Berth.Torture.Model;

namespace Berth.Torture.Content;

/// <summary>Manifests as text. The number makes each unlike all others.</summary>
internal static class ManifestText
{
    private const string ImageType = "application/vnd.oci.image.manifest.v1+json";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    public static KnownManifest Image(IReadOnlyList<SeededBlob> blobs, Digest? subject, string number)
    {
        var layers = blobs.Skip(1).Select(blob => Descriptor("application/vnd.oci.image.layer.v1.tar", blob.Digest, blob.Size));
        var config = Descriptor("application/vnd.oci.image.config.v1+json", blobs[0].Digest, blobs[0].Size);
        return Known(
            ImageType, $"\"config\": {config}, \"layers\": [{string.Join(", ", layers)}]", subject, number, [.. blobs.Select(blob => blob.Digest).Distinct()], []);
    }

    public static KnownManifest Index(IReadOnlyList<KnownManifest> children, Digest? subject, string number)
    {
        var manifests = children.Select(child => Descriptor(child.MediaType, child.Digest, child.Bytes.Length));
        return Known(
            IndexType, $"\"manifests\": [{string.Join(", ", manifests)}]", subject, number, [], [.. children.Select(child => child.Digest).Distinct()]);
    }

    private static KnownManifest Known(
        string type, string body, Digest? subject, string number, IReadOnlyList<Digest> blobs, IReadOnlyList<Digest> children)
    {
        var reference = subject is { } named ? $"\"subject\": {Descriptor(ImageType, named, 2)}, " : "";
        var bytes = Encoding.UTF8.GetBytes(
            $$"""{ "schemaVersion": 2, "mediaType": "{{type}}", {{reference}}{{body}}, "annotations": { "number": "{{number}}" } }""");
        return new KnownManifest(Digest.Of(bytes), type, bytes, blobs, children, subject);
    }

    private static string Descriptor(string type, Digest digest, long size) => string.Create(
        CultureInfo.InvariantCulture, $$"""{ "mediaType": "{{type}}", "digest": "{{digest}}", "size": {{size}} }""");
}
