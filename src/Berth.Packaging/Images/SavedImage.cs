namespace Berth.Packaging.Images;

/// <summary>An entry of <c>manifest.json</c> in what <c>docker save</c> and podman's docker-archive write.</summary>
/// <param name="Config">The entry of the tar with the configuration.</param>
/// <param name="Layers">The entries with the layers, lowest first.</param>
internal sealed record SavedImage(string? Config, IReadOnlyList<string?>? Layers);
