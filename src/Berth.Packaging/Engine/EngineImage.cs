using Berth.Oci;

namespace Berth.Packaging.Engine;

/// <summary>An image in the engine's store.</summary>
/// <param name="Id">The engine's own name for it; what a container is made of.</param>
internal sealed record EngineImage(string Id, Platform Platform, long Bytes);
