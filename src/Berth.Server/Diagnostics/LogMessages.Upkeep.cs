using Berth.Oci;

namespace Berth.Server.Diagnostics;

/// <summary>What is told of content, certificates and whoever looks after them: ids from 100.</summary>
internal static partial class LogMessages
{
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

    [LoggerMessage(108, LogLevel.Information, "The certificate was replaced: {Subject}, valid until {End:u}")]
    public static partial void CertificateReplaced(this ILogger logger, string subject, DateTimeOffset end);

    [LoggerMessage(109, LogLevel.Error, "The certificate stays the old one: {Problem}")]
    public static partial void CertificateRefused(this ILogger logger, string problem);

    [LoggerMessage(110, LogLevel.Error, "{Digest} was found corrupt while it was sent; the connection was cut")]
    public static partial void ServedCorrupt(this ILogger logger, Digest digest);
}
