namespace Berth.MpInstall;

/// <summary>What was given does not go together. The message is one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
