namespace Berth.Packaging.Adapter;

/// <summary>Why a request to an adapter gave no result.</summary>
internal enum AdapterFailure
{
    /// <summary>No connection, or it broke off.</summary>
    Unreachable,

    /// <summary>The container runs, and nothing listens at the adapter's port.</summary>
    Port,

    /// <summary>The container has ended: the adapter was killed for its memory.</summary>
    OutOfMemory,

    /// <summary>The container has ended by itself.</summary>
    Ended,

    /// <summary>The other side did not show the certificate that it was given.</summary>
    Certificate,

    TimedOut,

    /// <summary>The adapter answered with an error status.</summary>
    Status,

    /// <summary>The answer is not what the API prescribes.</summary>
    Malformed,

    /// <summary>The answer is larger than any real one.</summary>
    TooLarge,
}
