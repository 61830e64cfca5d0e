namespace Berth.Packaging.Install;

/// <summary>One collection of the container that lives as long as its adapter instance.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Elapsed">From the request to the end of the answer.</param>
/// <param name="Collected">Null when it failed.</param>
public sealed record CollectionReport(int Number, TimeSpan Elapsed, CollectSummary? Collected)
{
    /// <summary>Processor time that the container took for it; null when the engine does not say.</summary>
    public TimeSpan? Processor { get; init; }

    /// <summary>Bytes that the container holds after it; null when the engine does not say.</summary>
    public long? Memory { get; init; }

    /// <summary>The container had ended before, and was made anew.</summary>
    public bool Restarted { get; init; }

    public InstallException? Failure { get; init; }
}
