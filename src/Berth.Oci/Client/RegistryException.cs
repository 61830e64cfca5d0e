namespace Berth.Oci.Client;

/// <summary>A registry could not be used. The message is one line for the person at the terminal and says what to do; it holds no secret.</summary>
public sealed class RegistryException : Exception
{
    public RegistryException(RegistryFailure reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    public RegistryFailure Reason { get; }

    /// <summary>How long the registry asks to wait, with <see cref="RegistryFailure.RateLimited"/> and <see cref="RegistryFailure.Server"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
