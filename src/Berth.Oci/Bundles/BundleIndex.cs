using System.Text.Json;

namespace Berth.Oci.Bundles;

/// <summary>What makes a bundle an OCI image layout, which other tools read too (OCI image specification 1.1, image-layout.md).</summary>
internal static class BundleIndex
{
    /// <summary>Tools find an image of a layout by this.</summary>
    public const string NameAnnotation = "org.opencontainers.image.ref.name";

    public static ReadOnlyMemory<byte> Layout { get; } = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();

    /// <summary>Every root with each of its tags, as <c>REPOSITORY:TAG</c> or <c>REPOSITORY@DIGEST</c>, and every referrer, as far as they are in the bundle.</summary>
    public static byte[] Of(BundleContents contents)
    {
        var here = contents.Content.Select(content => content.Digest).ToHashSet();
        var entries = from repository in contents.Repositories
            let tags = repository.Tags.ToLookup(tag => tag.Digest, tag => tag.Name)
            from manifest in repository.Manifests
            where manifest.Role is not BundleRole.Child && here.Contains(manifest.Digest)
            from name in Names(repository.Name, manifest, tags[manifest.Digest])
            select new BundleIndexDocument.Entry(
                manifest.MediaType,
                manifest.Digest.ToString(),
                manifest.Size,
                manifest.ArtifactType,
                new Dictionary<string, string> { [NameAnnotation] = name });
        return JsonSerializer.SerializeToUtf8Bytes(
            new BundleIndexDocument(2, MediaTypes.OciIndex, [.. entries]), BundleJson.Default.BundleIndexDocument);
    }

    private static IEnumerable<string> Names(RepositoryName repository, BundleManifest manifest, IEnumerable<Tag> tags) =>
        tags.Select(tag => $"{repository}:{tag}").DefaultIfEmpty($"{repository}@{manifest.Digest}");
}

internal sealed record BundleIndexDocument(
    [property: System.Text.Json.Serialization.JsonPropertyName("schemaVersion")] int SchemaVersion,
    [property: System.Text.Json.Serialization.JsonPropertyName("mediaType")] string MediaType,
    [property: System.Text.Json.Serialization.JsonPropertyName("manifests")] List<BundleIndexDocument.Entry> Manifests)
{
    internal sealed record Entry(
        [property: System.Text.Json.Serialization.JsonPropertyName("mediaType")] string MediaType,
        [property: System.Text.Json.Serialization.JsonPropertyName("digest")] string Digest,
        [property: System.Text.Json.Serialization.JsonPropertyName("size")] long Size,
        [property: System.Text.Json.Serialization.JsonPropertyName("artifactType")] string? ArtifactType,
        [property: System.Text.Json.Serialization.JsonPropertyName("annotations")] Dictionary<string, string> Annotations);
}
