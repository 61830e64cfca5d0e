using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>Picks from an index what a Cloud Proxy would.</summary>
internal static class PlatformChoice
{
    /// <summary>The manifest for the Cloud Proxy's platform; a lone one that names no platform; or null.</summary>
    public static Descriptor? Choose(IReadOnlyList<Descriptor> manifests) =>
        manifests.FirstOrDefault(one => one.Platform is { } platform && platform with { Variant = null } == Platform.CloudProxy)
        ?? (manifests is [{ Platform: null }] ? manifests[0] : null);

    /// <exception cref="PackException">There is none for it.</exception>
    public static Descriptor Require(IReadOnlyList<Descriptor> manifests, string image) => Choose(manifests) ?? throw new PackException(
        PackFailure.Push,
        $"{image} has no image for {Platform.CloudProxy}, which is what a Cloud Proxy runs, "
        + $"only for: {string.Join(", ", manifests.Take(10).Select(one => one.Platform?.ToString() ?? "no platform"))}");
}
