namespace Berth.Packaging.Build;

/// <summary>What came of pulling an image as a Cloud Proxy does, as far as that goes without keeping it.</summary>
/// <param name="Blobs">How many are there beside the manifest.</param>
/// <param name="Fault">Null when the image can be pulled and run.</param>
/// <param name="Problem">The fault in one line that says what to do; null without one.</param>
internal sealed record PullProof(int Blobs, PullFault? Fault = null, string? Problem = null, Exception? Cause = null)
{
    /// <summary>Of all blobs together; 0 with a fault.</summary>
    public long Bytes { get; init; }
}
