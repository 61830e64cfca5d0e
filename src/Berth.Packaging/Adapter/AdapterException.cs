namespace Berth.Packaging.Adapter;

/// <summary>A request to an adapter failed. The message is one line and names the request.</summary>
internal sealed class AdapterException : Exception
{
    public AdapterException(AdapterFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    public AdapterFailure Failure { get; }
}
