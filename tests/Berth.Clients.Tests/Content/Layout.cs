namespace Berth.Clients.Tests.Content;

/// <summary>An OCI image layout on disk: what clients without a storage of their own push from.</summary>
internal static class Layout
{
    public const string Tag = "1";

    public static async Task WriteAsync(string directory, Blob root, IEnumerable<Blob> blobs)
    {
        var name = $$""", "annotations": { "org.opencontainers.image.ref.name": "{{Tag}}" }""";
        Directory.CreateDirectory($"{directory}/blobs/sha256");
        await File.WriteAllTextAsync($"{directory}/oci-layout", """{ "imageLayoutVersion": "1.0.0" }""");
        await File.WriteAllTextAsync(
            $"{directory}/index.json",
            $$"""{ "schemaVersion": 2, "mediaType": "{{MediaTypes.Index}}", "manifests": [{{root.Descriptor(name)}}] }""");
        foreach (var blob in blobs.Append(root))
            await File.WriteAllBytesAsync($"{directory}/blobs/sha256/{blob.Hex}", blob.Bytes);
    }
}
