namespace Berth.Oci;

/// <summary>Names content by type, digest and size (OCI image specification 1.1, descriptor.md).</summary>
/// <param name="MediaType">Never empty.</param>
/// <param name="Size">In bytes, never negative.</param>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    public string? ArtifactType { get; init; }

    public Platform? Platform { get; init; }

    public IReadOnlyList<string>? Urls { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
