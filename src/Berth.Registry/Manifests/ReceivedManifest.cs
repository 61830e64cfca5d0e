using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Manifests;

/// <summary>A manifest as a client sends it.</summary>
/// <param name="Reference">What it is to be known by.</param>
/// <param name="ContentType">Without parameters; null when none came.</param>
/// <param name="Bytes">At most <see cref="Manifest.MaxBytes"/>.</param>
/// <param name="MoreTags">Tags to set beside the reference (the <c>tag</c> query parameters of a put by digest).</param>
public sealed record ReceivedManifest(
    RepositoryName Repository, ManifestReference Reference, string? ContentType, ReadOnlyMemory<byte> Bytes, IReadOnlyList<Tag> MoreTags)
{
    /// <summary>What has to be so for it to be stored; null for nothing.</summary>
    public ManifestCondition? Condition { get; init; }
}
