namespace Berth.Packaging.Adapter;

/// <param name="StringValue">This or <paramref name="NumberValue"/>.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC; -1 = now.</param>
internal sealed record Property(string Key, string? StringValue = null, double? NumberValue = null, long Timestamp = -1);
