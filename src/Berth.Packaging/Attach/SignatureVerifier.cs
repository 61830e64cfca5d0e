namespace Berth.Packaging.Attach;

/// <summary>Whether a signature of these bytes is good.</summary>
internal delegate bool SignatureVerifier(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
