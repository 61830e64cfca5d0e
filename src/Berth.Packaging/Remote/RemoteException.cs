namespace Berth.Packaging.Remote;

/// <summary>A host cannot be worked on. The message is one line that says what to do.</summary>
public sealed class RemoteException(string message, Exception? inner = null) : Exception(message, inner);
