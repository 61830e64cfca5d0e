using Berth.Oci;

namespace Berth.Packaging.Install;

/// <summary>An installation that went through; of several collections some may have failed.</summary>
/// <param name="Reference">What was run: registry, path and digest.</param>
/// <param name="Pulled">False: the engine had the image already.</param>
/// <param name="Anonymous">False: the engine may have pulled with a login that it has stored itself.</param>
/// <param name="Container">Name of the container that collected; gone by now, unless it was to be kept.</param>
/// <param name="Collections">At least one.</param>
public sealed record InstallResult(
    string Pak,
    string AdapterKind,
    string? Name,
    string? Version,
    string Reference,
    Digest Digest,
    bool Pulled,
    bool Anonymous,
    string Container,
    bool Kept,
    string ApiVersion,
    IReadOnlyList<string> EndpointUrls,
    IReadOnlyList<CollectionReport> Collections)
{
    /// <summary>The last collection that gave something; null when none did.</summary>
    public CollectSummary? Collected => Collections.LastOrDefault(collection => collection.Collected is not null)?.Collected;

    /// <summary>The first collection that failed; null when none did.</summary>
    public InstallException? Failure => Collections.FirstOrDefault(collection => collection.Failure is not null)?.Failure;
}
