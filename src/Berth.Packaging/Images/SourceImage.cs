using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Images;

/// <summary>An image of which every blob is known.</summary>
/// <param name="Config">Exactly as it was read; its digest is part of what signs and names the image.</param>
/// <param name="Layers">Lowest first.</param>
internal sealed record SourceImage(Descriptor Config, IReadOnlyList<Descriptor> Layers)
{
    /// <summary>The manifest it came with, whose digest has to stay; null where one has to be made.</summary>
    public FetchedManifest? Original { get; init; }
}
