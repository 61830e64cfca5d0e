using Berth.Oci;

namespace Berth.Registry.Manifests;

/// <summary>A manifest that is stored now.</summary>
/// <param name="Subject">What it refers to, whether that is there or not.</param>
/// <param name="Missing">What it names and the repository has not: a sparse manifest, where those are accepted.</param>
public readonly record struct PutManifest(Digest Digest, Digest? Subject, IReadOnlyList<Digest> Missing);
