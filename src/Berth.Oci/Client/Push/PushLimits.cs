namespace Berth.Oci.Client.Push;

/// <summary>How blobs are sent, and how long a registry is given to recover.</summary>
public sealed record PushLimits
{
    /// <summary>Blobs of up to this many bytes are sent in one request: starting them again costs less than more requests.</summary>
    public long OneRequest { get; init; } = 16 * 1024 * 1024;

    /// <summary>In bytes: about what has to be sent again when a connection breaks, since registries drop a chunk that is not whole.</summary>
    public long Chunk { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many blobs are sent at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How often in a row the same thing is tried again without getting any further.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Before the first retry; it doubles with each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a registry may ask to wait (Retry-After); one that wants more is not waited for.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(5);
}
