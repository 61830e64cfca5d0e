namespace Berth.Bench.Http;

/// <param name="Location">Path and query; null when there was none.</param>
internal readonly record struct RawResponse(int Status, string? Location);
