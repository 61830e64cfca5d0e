namespace Berth.Packaging.Adapter;

/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC; -1 = now.</param>
internal sealed record Metric(string Key, double NumberValue, long Timestamp = -1);
