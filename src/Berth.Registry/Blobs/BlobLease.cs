namespace Berth.Registry.Blobs;

/// <summary>Every answer that tells a pusher "you need not upload" keeps the blob in the repository for this long.</summary>
public sealed class BlobLease(TimeSpan grace, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public DateTimeOffset Until => Now + grace;

    /// <summary>A promise that ends a little earlier is as good, and need not be written again for every blob that is asked for.</summary>
    public DateTimeOffset AtLeastUntil => Now + (grace - (grace / 24));
}
