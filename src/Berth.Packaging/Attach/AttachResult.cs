using Berth.Oci;

namespace Berth.Packaging.Attach;

/// <summary>What came of storing something beside an image.</summary>
/// <param name="Digest">Of the artifact; null when the registry did not take it.</param>
/// <param name="IsNew">Whether anything was stored: not, if the same was there already.</param>
/// <param name="Note">Why the registry did not take it, one line; null when it did.</param>
public sealed record AttachResult(Digest? Digest, bool IsNew, string? Note);
