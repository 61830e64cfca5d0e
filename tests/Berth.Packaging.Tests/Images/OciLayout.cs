using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Tests.Images;

/// <summary>A directory of the OCI layout, made by a test.</summary>
internal sealed class OciLayout(TempDirectory directory)
{
    private readonly List<string> _index = [];

    /// <returns>The digest of the image's manifest, whose bytes nothing here would write in that way again.</returns>
    public Digest AddImage(byte[] layer, string architecture = "amd64", string? tag = null, bool inIndex = true)
    {
        var config = Put(Encoding.UTF8.GetBytes(
            $$$"""{"os":"linux", "architecture":"{{{architecture}}}", "rootfs":{"type":"layers","diff_ids":["{{{Digest.Of(layer)}}}"]}}"""));
        var blob = Put(TestExport.Gzip(layer));
        var manifest = Put(Encoding.UTF8.GetBytes(
            $$"""{ "schemaVersion":2,  "mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(MediaTypes.OciConfig, config)}},"layers":[{{Json("application/vnd.oci.image.layer.v1.tar+gzip", blob)}}],"annotations":{"a":"b"} }"""));
        var platform = $$""","platform":{"os":"linux","architecture":"{{architecture}}"}""";
        var name = tag is null ? "" : $$""","annotations":{"org.opencontainers.image.ref.name":"{{tag}}"}""";
        if (inIndex)
            _index.Add(Json(MediaTypes.OciManifest, manifest, platform + name));
        Layer = blob.Digest;
        return manifest.Digest;
    }

    /// <summary>Of the last image.</summary>
    public Digest Layer { get; private set; }

    public void NestIndex()
    {
        var nested = Put(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', _index)}}]}"""));
        _index.Clear();
        _index.Add(Json(MediaTypes.OciIndex, nested));
    }

    public string Write()
    {
        directory.Write("layout/oci-layout", """{"imageLayoutVersion":"1.0.0"}""");
        directory.Write("layout/index.json", $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', _index)}}]}""");
        return directory.Path("layout");
    }

    public string BlobPath(Digest digest) => directory.Path($"layout/blobs/sha256/{digest.Hex}");

    private (Digest Digest, int Length) Put(byte[] content)
    {
        directory.Write($"layout/blobs/sha256/{Digest.Of(content).Hex}", content);
        return (Digest.Of(content), content.Length);
    }

    private static string Json(string type, (Digest Digest, int Length) blob, string more = "") =>
        $$"""{"mediaType":"{{type}}","digest":"{{blob.Digest}}","size":{{blob.Length}}{{more}}}""";
}
