using System.Text;

namespace Berth.Chain.Tests.Registry;

internal static class ImageManifest
{
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";

    /// <param name="config">The configuration.</param>
    /// <param name="layers">The layers, lowest first.</param>
    /// <param name="number">Makes this manifest unlike the next one of the same layers.</param>
    public static byte[] Write(PushedBlob config, IEnumerable<PushedBlob> layers, int number) => Encoding.UTF8.GetBytes(
        $$"""
        {
          "schemaVersion": 2,
          "mediaType": "{{MediaType}}",
          "config": {{Descriptor("application/vnd.oci.image.config.v1+json", config)}},
          "layers": [{{string.Join(", ", layers.Select(layer => Descriptor("application/vnd.oci.image.layer.v1.tar", layer)))}}],
          "annotations": { "number": "{{number}}" }
        }
        """);

    private static string Descriptor(string mediaType, PushedBlob blob) =>
        $$"""{ "mediaType": "{{mediaType}}", "digest": "{{blob.Digest}}", "size": {{blob.Size}} }""";
}
