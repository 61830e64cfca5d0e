namespace Berth.Packaging.Install;

/// <summary>The connection cannot be used. The message names the file and the place in it, and no value of it.</summary>
internal sealed class ConnectionException : Exception
{
    public ConnectionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
