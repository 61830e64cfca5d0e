using Berth.Oci;

namespace Berth.Registry.Manifests;

/// <summary>A manifest that is stored now.</summary>
/// <param name="Subject">What it refers to, whether that is there or not.</param>
public readonly record struct PutManifest(Digest Digest, Digest? Subject);
