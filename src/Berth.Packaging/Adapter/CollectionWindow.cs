namespace Berth.Packaging.Adapter;

/// <summary>The time that a collection covers, in milliseconds since 1970-01-01 UTC.</summary>
internal sealed record CollectionWindow(long StartTime, long EndTime);
