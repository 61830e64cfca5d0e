using System.Text;

namespace Berth.Oci.Tests;

public sealed class ManifestTests
{
    private const string Sha = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Config = $$"""{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Sha}}","size":2}""";
    private const string Layer = $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"{{Sha}}","size":3}""";

    [Fact]
    public void An_image_manifest_is_read()
    {
        var manifest = Read($$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"x/y","config":{{Config}},"layers":[{{Layer}}],
             "subject":{{Layer}},"annotations":{"a":"b"},"unknown":[1]}
            """);
        Assert.False(manifest.IsIndex);
        Assert.Equal("x/y", manifest.ArtifactType);
        Assert.Equal(2, manifest.Config?.Size);
        Assert.Equal(3, Assert.Single(manifest.Layers).Size);
        Assert.Equal(Sha, manifest.Subject?.Digest.ToString());
        Assert.Equal("b", manifest.Annotations["a"]);
        Assert.Equal([2L, 3L], manifest.RequiredBlobs.Select(blob => blob.Size));
    }

    [Fact]
    public void An_index_is_read_with_its_platforms()
    {
        var manifest = Read($$$"""
            {"schemaVersion":2,"manifests":[
              {"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{Sha}}}","size":4,"platform":{"os":"linux","architecture":"arm","variant":"v7"}}]}
            """);
        Assert.True(manifest.IsIndex);
        Assert.Equal(MediaTypes.OciIndex, manifest.MediaType);
        Assert.Equal("linux/arm/v7", Assert.Single(manifest.Manifests).Platform?.ToString());
        Assert.Empty(manifest.RequiredBlobs);
    }

    [Fact]
    public void The_content_type_decides_when_the_manifest_is_silent()
    {
        Assert.True(Manifest.TryParse(Utf8($$"""{"schemaVersion":2,"config":{{Config}},"layers":[]}"""), MediaTypes.DockerManifest, out var manifest, out _));
        Assert.Equal(MediaTypes.DockerManifest, manifest.MediaType);
    }

    [Fact]
    public void A_layer_that_lives_elsewhere_is_not_required_here()
    {
        const string type = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        var foreign = $$"""{"mediaType":"{{type}}","digest":"{{Sha}}","size":9,"urls":["https://elsewhere.example/l"]}""";
        var homeless = $$"""{"mediaType":"{{type}}","digest":"{{Sha}}","size":8}""";
        var manifest = Read($$"""{"schemaVersion":2,"config":{{Config}},"layers":[{{foreign}},{{homeless}}]}""");
        Assert.Equal([2L, 8L], manifest.RequiredBlobs.Select(blob => blob.Size));
    }

    [Theory]
    [InlineData("", null, "not valid JSON")]
    [InlineData("null", null, "null")]
    [InlineData("[]", null, "not valid JSON of its type")]
    [InlineData("\"x\"", null, "not valid JSON of its type")]
    [InlineData("{", null, "not valid JSON")]
    [InlineData("{}x", null, "not valid JSON")]
    [InlineData("{\"schemaVersion\":2,\"schemaVersion\":2}", null, "not valid JSON")]
    [InlineData("{\"schemaVersion\":\"2\"}", null, "schemaVersion")]
    [InlineData("{\"schemaVersion\":1}", null, "schema 1")]
    [InlineData("{\"schemaVersion\":3}", null, "schemaVersion is 3")]
    [InlineData("{\"schemaVersion\":2}", null, "needs a config")]
    [InlineData("{\"schemaVersion\":2}", MediaTypes.OciIndex, "needs manifests")]
    [InlineData("{\"schemaVersion\":2}", MediaTypes.DockerSchema1Signed, "schema 1")]
    [InlineData("{\"schemaVersion\":2}", "text/html", "not a manifest type")]
    [InlineData("{\"schemaVersion\":2,\"mediaType\":\"a/b\"}", "c/d", "Content-Type says 'c/d'")]
    [InlineData("{\"manifests\":[]," + $"\"config\":{Config}" + "}", MediaTypes.OciIndex, "must not have config")]
    [InlineData("{\"manifests\":[]," + $"\"config\":{Config}" + "}", MediaTypes.OciManifest, "must not list manifests")]
    [InlineData("{\"config\":{}}", null, "config has no mediaType")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\"}}", null, "config has no valid digest")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:x\"}}", null, "config has no valid digest")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + Sha + "\"}}", null, "config has no valid size")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + Sha + "\",\"size\":-1}}", null, "config has no valid size")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + Sha + "\",\"size\":1e3}}", null, "$.config.size")]
    [InlineData("{\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + Sha + "\",\"size\":9223372036854775808}}", null, "$.config.size")]
    [InlineData($"{{\"config\":{Config},\"layers\":[null]}}", null, "layers[0] is null")]
    [InlineData($"{{\"config\":{Config},\"layers\":[{Layer},{{}}]}}", null, "layers[1] has no mediaType")]
    [InlineData("{\"manifests\":[{\"mediaType\":\"a/b\",\"digest\":\"md5:x\",\"size\":1}]}", null, "manifests[0] has no valid digest")]
    public void What_is_no_manifest_is_refused_with_the_reason(string json, string? contentType, string expected)
    {
        Assert.False(Manifest.TryParse(Utf8(json), contentType, out var manifest, out var problem));
        Assert.Null(manifest);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var deep = $"{{\"x\":{new string('[', 100_000)}{new string(']', 100_000)}}}";
        Assert.False(Manifest.TryParse(Utf8(deep), null, out _, out var problem));
        Assert.Contains("not valid JSON", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes) => Assert.False(Manifest.TryParse(bytes, null, out _, out _));

    private static Manifest Read(string json)
    {
        Assert.True(Manifest.TryParse(Utf8(json), null, out var manifest, out var problem), problem);
        return manifest;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
