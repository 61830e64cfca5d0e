using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>What came of a layer.</summary>
/// <param name="Raw">Of the bytes as they were read: the diff id, where they were not compressed.</param>
/// <param name="Stored">Of the bytes as they are pushed.</param>
/// <param name="Size">Of these, in bytes.</param>
internal readonly record struct HashedLayer(Digest Raw, Digest Stored, long Size);
