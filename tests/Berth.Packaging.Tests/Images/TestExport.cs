using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Berth.Oci;

namespace Berth.Packaging.Tests.Images;

/// <summary>An image as engines export it: each in its own form.</summary>
internal sealed class TestExport
{
    private readonly List<TarEntry> _entries = [];

    /// <param name="layers">The uncompressed layers, lowest first.</param>
    public TestExport(params byte[][] layers)
    {
        Layers = layers;
        var diffIds = string.Join(',', layers.Select(layer => $"\"{Digest.Of(layer)}\""));
        Config = Encoding.UTF8.GetBytes($$$"""{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[{{{diffIds}}}]}}""");
    }

    public byte[][] Layers { get; }

    public byte[] Config { get; init; }

    /// <summary>The manifest in the export; null where its form has none.</summary>
    public byte[]? Manifest { get; private set; }

    public Digest ConfigDigest => Digest.Of(Config);

    /// <summary>Docker up to 24: a directory for each layer; one that occurs twice is a link to the first.</summary>
    public byte[] Legacy()
    {
        for (var i = 0; i < Layers.Length; i++)
        {
            var first = Array.FindIndex(Layers, layer => layer.AsSpan().SequenceEqual(Layers[i]));
            if (first < i)
                Link($"{Id(i)}/layer.tar", $"../{Id(first)}/layer.tar");
            else
                File($"{Id(i)}/layer.tar", Layers[i]);
            File($"{Id(i)}/json", "{}"u8.ToArray());
            File($"{Id(i)}/VERSION", "1.0"u8.ToArray());
        }

        File($"{ConfigDigest.Hex}.json", Config);
        Saved($"{ConfigDigest.Hex}.json", Enumerable.Range(0, Layers.Length).Select(i => $"{Id(i)}/layer.tar"));
        return Tar();

        static string Id(int i) => new((char)('0' + i), 64);
    }

    /// <summary>podman: the layers at the top, links to them in directories.</summary>
    public byte[] Podman()
    {
        foreach (var layer in Layers)
        {
            File($"{Digest.Of(layer).Hex}.tar", layer);
            Link($"{new string('a', 64)}/layer.tar", $"../{Digest.Of(layer).Hex}.tar");
        }

        File($"{ConfigDigest.Hex}.json", Config);
        Saved($"{ConfigDigest.Hex}.json", Layers.Select(layer => $"{Digest.Of(layer).Hex}.tar"));
        return Tar();
    }

    /// <summary>Docker from 25 on: blobs by digest.</summary>
    /// <param name="compressed">As the image store of containerd has them.</param>
    public byte[] Blobs(bool compressed)
    {
        var layers = Layers.Select(layer => compressed ? Gzip(layer) : layer).ToList();
        var type = "application/vnd.oci.image.layer.v1.tar" + (compressed ? "+gzip" : "");
        var manifest = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(MediaTypes.OciConfig, Config)}},"layers":[{{string.Join(',', layers.Select(layer => Json(type, layer)))}}]}""";
        Manifest = Encoding.UTF8.GetBytes(manifest);
        foreach (var blob in layers.Append(Config).Append(Manifest))
            File(Name(blob), blob);
        File("index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{Json(MediaTypes.OciManifest, Manifest)}}]}"""));
        Saved(Name(Config), layers.Select(Name));
        return Tar();

        static string Name(byte[] blob) => $"blobs/sha256/{Digest.Of(blob).Hex}";
    }

    public static byte[] Gzip(byte[] content)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
            gzip.Write(content);
        return bytes.ToArray();
    }

    public static byte[] Gunzip(byte[] content)
    {
        var bytes = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private void Saved(string config, IEnumerable<string> layers) => File(
        "manifest.json",
        Encoding.UTF8.GetBytes($$"""[{"Config":"{{config}}","RepoTags":null,"Layers":[{{string.Join(',', layers.Select(layer => $"\"{layer}\""))}}]}]"""));

    private static string Json(string type, byte[] blob) => $$"""{"mediaType":"{{type}}","digest":"{{Digest.Of(blob)}}","size":{{blob.Length}}}""";

    private void File(string name, byte[] content) =>
        _entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private void Link(string name, string target) => _entries.Add(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    private byte[] Tar()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var entry in _entries)
                writer.WriteEntry(entry);
        }

        return tar.ToArray();
    }
}
