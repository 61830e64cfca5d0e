namespace Berth.Packaging.Preload;

/// <summary>An image that a Cloud Proxy's lookup finds now.</summary>
/// <param name="Reference">Registry, repository and digest: what was looked up.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Engine">Product and version.</param>
/// <param name="ImageId">The engine's own name for it.</param>
public sealed record PreloadResult(string Reference, PreloadSource Source, string Engine, string ImageId, long Bytes);
