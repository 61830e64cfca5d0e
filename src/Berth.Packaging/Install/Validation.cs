namespace Berth.Packaging.Install;

/// <summary>What an adapter says of itself and of a connection.</summary>
internal sealed record Validation(string ApiVersion, IReadOnlyList<string> EndpointUrls);
