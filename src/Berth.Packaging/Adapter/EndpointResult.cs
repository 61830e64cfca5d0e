namespace Berth.Packaging.Adapter;

/// <param name="EndpointUrls">Where the adapter connects to with TLS; empty when it deals with certificates itself.</param>
internal sealed record EndpointResult(IReadOnlyList<string>? EndpointUrls = null);
