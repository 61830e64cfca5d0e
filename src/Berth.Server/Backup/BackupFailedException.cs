namespace Berth.Server.Backup;

/// <summary>A backup or a restore cannot be done; the message tells the person why and what to do.</summary>
internal sealed class BackupFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
