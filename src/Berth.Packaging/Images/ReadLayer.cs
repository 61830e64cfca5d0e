using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>A layer that was read, and how it is pushed.</summary>
/// <param name="DiffId">Null where the layer came compressed, since then it was not looked into.</param>
internal sealed record ReadLayer(Digest? DiffId, Descriptor Blob);
