namespace Berth.Server;

/// <summary>The server cannot start; the message tells the operator why and what to do.</summary>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
