using Berth.Oci;

namespace Berth.Packaging.Retarget;

/// <summary>A pak that pulls from elsewhere.</summary>
/// <param name="Pak">Full path.</param>
/// <param name="PullReference">Null when it depends on the appliance's default registry.</param>
/// <param name="Digest">As it was before.</param>
/// <param name="Note">Why it is not proven that an appliance can pull, one line; null when it is.</param>
public sealed record RetargetResult(string Pak, Reference? PullReference, Digest Digest, string? Note);
