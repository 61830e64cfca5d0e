using Berth.Oci;

namespace Berth.Torture.Model;

/// <param name="Blobs">Its config and layers.</param>
/// <param name="Children">What it lists, if it is an index.</param>
internal sealed record KnownManifest(
    Digest Digest, string MediaType, byte[] Bytes, IReadOnlyList<Digest> Blobs, IReadOnlyList<Digest> Children, Digest? Subject);
