using Berth.Oci;

namespace Berth.Server.Diagnostics;

/// <summary>Everything the server logs. Ids are unique and never reused.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status} {Bytes} B {Milliseconds:0.0} ms {Subject}")]
    public static partial void RequestEnded(
        this ILogger logger, string method, string path, int status, long bytes, double milliseconds, string subject);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A login as '{Account}' from {Address} was refused")]
    public static partial void LoginRefused(this ILogger logger, string account, string address);

    [LoggerMessage(4, LogLevel.Warning, "The store does not answer")]
    public static partial void StoreUnhealthy(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Stopping: requests under way may finish within {Seconds} s")]
    public static partial void Stopping(this ILogger logger, double seconds);

    [LoggerMessage(6, LogLevel.Information, "Ended {Count} uploads that nobody has written to for {Hours} h")]
    public static partial void UploadsExpired(this ILogger logger, int count, double hours);

    [LoggerMessage(7, LogLevel.Error, "Stale uploads could not be ended; the next pass tries again")]
    public static partial void UploadExpiryFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "{Repository}@{Manifest} was stored, but {Count} of what it names is not there, first {First}")]
    public static partial void StoredSparse(this ILogger logger, string repository, string manifest, int count, string first);

    [LoggerMessage(100, LogLevel.Information, "Scrubbed: {Checked} blobs looked at, {Damaged} corrupt or missing, {Healed} healed, {Orphans} files without a row")]
    public static partial void Scrubbed(this ILogger logger, long @checked, long damaged, long healed, long orphans);

    [LoggerMessage(101, LogLevel.Error, "The scrub failed; the next one begins anew")]
    public static partial void ScrubFailed(this ILogger logger, Exception exception);

    [LoggerMessage(102, LogLevel.Error, "{Digest} ({Size} B) is corrupt on the disk and was put into quarantine: push it again, or name a peer that has it")]
    public static partial void ContentCorrupt(this ILogger logger, Digest digest, long size);

    [LoggerMessage(103, LogLevel.Error, "{Digest} ({Size} B) has lost its file: push it again, or name a peer that has it")]
    public static partial void ContentMissing(this ILogger logger, Digest digest, long size);

    [LoggerMessage(104, LogLevel.Warning, "{Digest} was read wrong once and right the second time: look after the disk and the memory")]
    public static partial void ReadWrongOnce(this ILogger logger, Digest digest);

    [LoggerMessage(105, LogLevel.Warning, "{Digest} was healed by {Source}")]
    public static partial void ContentHealed(this ILogger logger, Digest digest, string source);

    [LoggerMessage(106, LogLevel.Warning, "{Digest} ({Size} B) is a file that no row needs; it was put into the trash")]
    public static partial void OrphanTrashed(this ILogger logger, Digest digest, long size);

    [LoggerMessage(107, LogLevel.Warning, "The peer {Peer} did not give {Digest}: {Problem}")]
    public static partial void PeerFailed(this ILogger logger, Uri peer, Digest digest, string problem);
}
