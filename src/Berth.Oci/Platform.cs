namespace Berth.Oci;

/// <summary>Operating system and processor that an image runs on (OCI image specification 1.1, image-index.md).</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>The platform of every Cloud Proxy.</summary>
    public static Platform CloudProxy { get; } = new("linux", "amd64");

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
