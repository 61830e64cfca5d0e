using System.Text;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>Manifests as the wire has them, and what a store is given for them.</summary>
internal static class TestImage
{
    public static Digest DigestOf(string content) => Digest.Of(Encoding.UTF8.GetBytes(content));

    public static ManifestToStore Image(
        RepositoryName repository, DateTimeOffset now, string config, string[] layers, params string[] tags) =>
        ToStore(
            repository,
            now,
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}",
             "config":{{Blob(config)}},"layers":[{{string.Join(',', layers.Select(Blob))}}]}
            """,
            tags);

    public static ManifestToStore Index(RepositoryName repository, DateTimeOffset now, IEnumerable<Digest> children, params string[] tags) =>
        ToStore(
            repository,
            now,
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', children.Select(Child))}}]}""",
            tags);

    /// <summary>An artifact of this type without content that refers to <paramref name="subject"/>.</summary>
    public static ManifestToStore Referrer(RepositoryName repository, DateTimeOffset now, Digest subject, string artifactType) => ToStore(
        repository,
        now,
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"{{artifactType}}",
         "config":{{Blob("config")}},"layers":[],"subject":{{Child(subject)}}}
        """);

    public static ManifestToStore ToStore(RepositoryName repository, DateTimeOffset now, string json, params string[] tags)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(Manifest.TryParse(bytes, null, out var manifest, out var problem), problem);
        return new ManifestToStore(repository, Digest.Of(bytes), bytes, manifest, [.. tags.Select(tag => Tag.Parse(tag))], now);
    }

    public static string Blob(string content) => Blob(content, "application/octet-stream");

    public static string Blob(string content, string mediaType, string more = "") =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{DigestOf(content)}}","size":{{content.Length}}{{more}}}""";

    private static string Child(Digest digest) => $$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{digest}}","size":2}""";
}
