using System.Globalization;

namespace Berth.Torture.Soak;

/// <param name="Bytes">Of the blobs that went into the trash.</param>
/// <param name="Failures">Requests that failed, and content that was lost.</param>
internal sealed record SoakReport(long Requests, int Collections, long Blobs, long Bytes, int Failures)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Requests} requests, {Collections} collections, {Blobs} blobs with {Bytes / 1e6:F1} MB collected, {Failures} failures");
}
