namespace Berth.Packaging.Pak;

/// <summary>A pak that cannot be used. The message is one line, and names the file and what is wrong with it.</summary>
public sealed class PakException : Exception
{
    public PakException(string message)
        : base(message)
    {
    }

    public PakException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
