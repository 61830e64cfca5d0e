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

    [LoggerMessage(9, LogLevel.Information, "{Repository} {Reference} was put into the trash by {Actor}, forced: {Forced}")]
    public static partial void Deleted(this ILogger logger, string repository, string reference, string actor, bool forced);

    [LoggerMessage(10, LogLevel.Information, "Collected: {Trashed} put into the trash, {Purged} freed with {Bytes} B")]
    public static partial void Collected(this ILogger logger, int trashed, int purged, long bytes);

    [LoggerMessage(11, LogLevel.Error, "The collection failed; the next one goes on")]
    public static partial void CollectionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "When manifests were last pulled could not be written down; tried again soon")]
    public static partial void PullsNotWritten(this ILogger logger, Exception exception);
}
