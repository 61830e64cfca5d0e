namespace Berth.Oci.Client;

/// <summary>A manifest as the registry served it.</summary>
/// <param name="Digest">Computed from <paramref name="Bytes"/>.</param>
/// <param name="MediaType">Of the Content-Type header; where there is none, what the manifest says itself.</param>
/// <param name="Bytes">As received, at most <see cref="Manifest.MaxBytes"/>.</param>
public sealed record FetchedManifest(Digest Digest, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>As the registry sent it; null where it sends none, and then it cannot be asked to replace this very manifest only.</summary>
    public string? EntityTag { get; init; }
}
