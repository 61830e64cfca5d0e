namespace Berth.Packaging.Adapter;

internal sealed record Identifier(string Key, string? Value, bool IsPartOfUniqueness = false);
