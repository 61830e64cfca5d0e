using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>Live content as its record describes it.</summary>
/// <param name="Id">Grows with every new blob; a pass goes by it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="IsDamaged">Whether it was found corrupt or missing before.</param>
public sealed record KnownBlob(long Id, Digest Digest, long Size, bool IsDamaged);
