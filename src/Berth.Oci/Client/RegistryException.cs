using System.Net;

namespace Berth.Oci.Client;

/// <summary>A registry could not be used.</summary>
/// <remarks>The message is one line for the person at the terminal, says what to do, and holds no secret.</remarks>
public sealed class RegistryException : Exception
{
    public RegistryException(RegistryFailure reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    public RegistryFailure Reason { get; }

    /// <summary>What the registry itself said, <c>CODE: message</c>, made safe to show; null when it said nothing.</summary>
    public string? Said { get; init; }

    /// <summary>What the registry answered; null when no answer came, or the fault is not in the status.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the registry asks to wait, where it limits requests or is down for a while.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
