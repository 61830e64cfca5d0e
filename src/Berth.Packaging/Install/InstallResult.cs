using Berth.Oci;

namespace Berth.Packaging.Install;

/// <summary>An installation that went through.</summary>
/// <param name="Reference">What was run: registry, path and digest.</param>
/// <param name="Pulled">False: the engine had the image already.</param>
/// <param name="Anonymous">False: the engine may have pulled with a login that it has stored itself.</param>
/// <param name="Container">Name of the container; gone by now, unless it was to be kept.</param>
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
    CollectSummary Collected);
