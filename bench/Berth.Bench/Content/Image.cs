using System.Security.Cryptography;
using System.Text;

namespace Berth.Bench.Content;

/// <summary>An image of small layers. What its layers hold is no archive; registries do not look.</summary>
internal sealed class Image
{
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";
    public const int Layers = 8;
    public const int LayerSize = 64 * 1024;
    public const int ConfigSize = 2 * 1024;

    private Image(Blob config, Blob[] layers)
    {
        Blobs = [.. layers, config];
        Manifest = Encoding.UTF8.GetBytes(ManifestText(config, layers));
        Digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Manifest))}";
    }

    public IReadOnlyList<Blob> Blobs { get; }

    public byte[] Manifest { get; }

    public string Digest { get; }

    public static Image[] Make(int seed, int count)
    {
        var layers = new BlobSet(seed, LayerSize, count * Layers).Blobs;
        var configs = new BlobSet(seed + 1, ConfigSize, count).Blobs;
        return [.. configs.Select((config, i) => new Image(config, layers[(i * Layers)..((i + 1) * Layers)]))];
    }

    /// <param name="version">An annotation; null for none.</param>
    public static string ManifestText(Blob config, Blob[] layers, string? version = null)
    {
        var annotations = version is null ? "" : $$""","annotations":{"org.opencontainers.image.version":"{{version}}"}""";
        var parts = layers.Select(layer => Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer));
        var first = Descriptor("application/vnd.oci.image.config.v1+json", config);
        return $$"""{"schemaVersion":2,"mediaType":"{{MediaType}}","config":{{first}},"layers":[{{string.Join(',', parts)}}]{{annotations}}}""";
    }

    private static string Descriptor(string type, Blob blob) => $$"""{"mediaType":"{{type}}","digest":"{{blob.Digest}}","size":{{blob.Size}}}""";
}
