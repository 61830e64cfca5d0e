namespace Berth.Packaging.Engine;

/// <summary>The container engine cannot be used. The message is one line that says what to do.</summary>
internal sealed class EngineException : Exception
{
    public EngineException(EngineFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public EngineFailure Failure { get; }
}
