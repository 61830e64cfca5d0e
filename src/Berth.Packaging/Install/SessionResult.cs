namespace Berth.Packaging.Install;

/// <summary>What an adapter gave while its container ran.</summary>
internal sealed record SessionResult(string Container, string ApiVersion, IReadOnlyList<string> EndpointUrls, CollectSummary Collected);
