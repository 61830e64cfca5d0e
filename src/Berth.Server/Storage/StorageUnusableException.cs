namespace Berth.Server.Storage;

/// <summary>The data directory or its database cannot be used as it is; the message tells the operator why and what to do.</summary>
internal sealed class StorageUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
