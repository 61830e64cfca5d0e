using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>What tells an image from any other.</summary>
/// <param name="Name">The digest that tags are made of: the config's, where that is known without reading the image.</param>
/// <param name="DiffIds">Of the uncompressed layers, in their order (OCI image specification 1.1, config.md, "rootfs").</param>
internal sealed record ImageIdentity(Digest Name, IReadOnlyList<Digest> DiffIds)
{
    /// <summary>Whether any manifest with this config will do. Else it has to be the very one that <see cref="Name"/> or <see cref="Manifest"/> names.</summary>
    public bool AnyManifest { get; init; }

    /// <summary>Of the manifest that is pushed as it is.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>Whether what a registry serves is this image.</summary>
    /// <remarks>An engine's id is the config's digest; with the image store of containerd it is that of the manifest.</remarks>
    public bool IsServedAs(Digest digest, Manifest manifest) =>
        digest == Manifest || (AnyManifest && (digest == Name || manifest.Config?.Digest == Name));
}
