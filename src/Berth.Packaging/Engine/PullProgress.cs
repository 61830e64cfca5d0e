namespace Berth.Packaging.Engine;

/// <summary>How far a pull is: bytes of the layers whose download has begun.</summary>
internal readonly record struct PullProgress(long Received, long Expected);
