using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Berth.Chain.Tests.Registry;

namespace Berth.Clients.Tests.Content;

/// <summary>An image of two small layers for one platform.</summary>
internal sealed record Image(string Architecture, Blob Config, IReadOnlyList<Blob> Layers, Blob Manifest)
{
    private const int FileSize = 20_000;

    public IEnumerable<Blob> Blobs => [Config, .. Layers];

    /// <param name="architecture">As Go names it.</param>
    /// <param name="seed">Makes its layers unlike those of other images.</param>
    public static Image Create(string architecture, int seed)
    {
        var random = new Random(seed);
        byte[][] archives = [Archive("one", random), Archive("two", random)];
        var layers = archives.Select(archive => new Blob(MediaTypes.Layer, Compress(archive))).ToArray();
        var unpacked = string.Join(", ", archives.Select(archive => $"\"{Sha256.Of(archive)}\""));
        var config = new Blob(MediaTypes.Config, Encoding.UTF8.GetBytes(
            $$"""
            {
              "architecture": "{{architecture}}",
              "os": "linux",
              "config": { "Cmd": ["/one"] },
              "rootfs": { "type": "layers", "diff_ids": [{{unpacked}}] }
            }
            """));
        var manifest = new Blob(MediaTypes.Manifest, Encoding.UTF8.GetBytes(
            $$"""
            {
              "schemaVersion": 2,
              "mediaType": "{{MediaTypes.Manifest}}",
              "config": {{config.Descriptor()}},
              "layers": [{{string.Join(", ", layers.Select(layer => layer.Descriptor()))}}]
            }
            """));
        return new(architecture, config, layers, manifest);
    }

    private static byte[] Archive(string name, Random random)
    {
        var content = new byte[FileSize];
        random.NextBytes(content);
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
                ModificationTime = DateTimeOffset.UnixEpoch,
            });
        }
        return archive.ToArray();
    }

    private static byte[] Compress(byte[] bytes)
    {
        var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.Fastest))
            zip.Write(bytes);
        return compressed.ToArray();
    }
}
