namespace Berth.Registry.Blobs;

/// <summary>Every answer that tells a pusher "you need not upload" keeps the blob in the repository for this long.</summary>
internal static class BlobLease
{
    private static readonly TimeSpan Duration = TimeSpan.FromHours(24);

    public static DateTimeOffset Until(DateTimeOffset now) => now + Duration;
}
