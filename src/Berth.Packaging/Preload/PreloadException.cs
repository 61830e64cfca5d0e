namespace Berth.Packaging.Preload;

/// <summary>An image was not preloaded. The message is one line that says what to do.</summary>
public sealed class PreloadException : Exception
{
    public PreloadException(PreloadFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public PreloadFailure Failure { get; }
}
