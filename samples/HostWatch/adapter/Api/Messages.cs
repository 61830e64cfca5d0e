using System.Text.Json.Serialization;

namespace HostWatch.Api;

internal sealed record ApiVersion(int Major, int Minor, int Maintenance);

/// <summary>Request of /test, /endpointURLs and /collect, as far as this adapter reads it.</summary>
internal sealed record AdapterConfig(ObjectKey? AdapterKey);

/// <param name="ErrorMessage">Absent when the connection works.</param>
internal sealed record TestResult(string? ErrorMessage);

internal sealed record EndpointUrls([property: JsonPropertyName("endpointUrls")] IReadOnlyList<string> Urls);
