using System.Text;
using System.Text.Json.Nodes;
using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Oci.Signing;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Preload;

/// <summary>An image of one small layer, as a bundle holds it.</summary>
internal sealed class TestBundle
{
    private readonly Dictionary<Digest, byte[]> _content = [];
    private readonly byte[] _layer;
    private readonly byte[] _manifest;

    private TestBundle(byte[] layer, string architecture)
    {
        _layer = layer;
        var config = new JsonObject
        {
            ["os"] = "linux",
            ["architecture"] = architecture,
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("/x") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest.Of(layer).ToString()) },
        };
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = Describe("application/vnd.oci.image.config.v1+json", Add(Encoding.UTF8.GetBytes(config.ToJsonString()))),
            ["layers"] = new JsonArray(Describe("application/vnd.oci.image.layer.v1.tar", Add(layer))),
        };
        _manifest = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        Image = Add(_manifest);
    }

    /// <summary>The digest of the manifest.</summary>
    public Digest Image { get; }

    public Digest Layer => Digest.Of(_layer);

    public static async Task<TestBundle> CreateAsync(string architecture = "amd64")
    {
        var file = new ContainerFile("/x", Guid.NewGuid().ToByteArray(), (UnixFileMode)0b111_101_101);
        using var layer = await ContainerArchive.CreateAsync([file], TimeProvider.System, CancellationToken.None);
        return new TestBundle(layer.ToArray(), architecture);
    }

    /// <param name="without">Left to an earlier bundle.</param>
    public async Task<string> WriteAsync(string path, PrivateKey? key = null, Digest? without = null)
    {
        var here = _content.Where(item => item.Key != without).Select(item => new BundleContent(item.Key, item.Value.Length));
        var manifest = new BundleManifest(Image, MediaTypes.OciManifest, _manifest.Length, BundleRole.Root, null, null);
        var contents = new BundleContents(
            without is null ? [] : [Digest.Of("earlier"u8)],
            [new BundleRepository(RepositoryName.Parse("elsewhere/named"), [manifest], [])],
            [],
            [.. here.OrderBy(content => content.Digest != Image).ThenBy(content => content.Digest.ToString(), StringComparer.Ordinal)],
            without is { } earlier ? [new BundleContent(earlier, _content[earlier].Length)] : [],
            []);
        await using var file = File.Create(path);
        await BundleWriter.WriteAsync(
            file, contents, key, content => Task.FromResult<Stream>(new MemoryStream(_content[content.Digest])), CancellationToken.None);
        return path;
    }

    /// <summary>Changes a byte of the layer in a bundle.</summary>
    public void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(_layer) + _layer.Length - 1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static JsonObject Describe(string mediaType, Digest digest, long size) =>
        new() { ["mediaType"] = mediaType, ["digest"] = digest.ToString(), ["size"] = size };

    private JsonObject Describe(string mediaType, Digest digest) => Describe(mediaType, digest, _content[digest].Length);

    private Digest Add(byte[] bytes)
    {
        var digest = Digest.Of(bytes);
        _content[digest] = bytes;
        return digest;
    }
}
