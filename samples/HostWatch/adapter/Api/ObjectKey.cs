namespace HostWatch.Api;

/// <summary>Name and identity of an object: two keys are the same object when kind and unique identifiers agree.</summary>
internal sealed record ObjectKey(string Name, string AdapterKind, string ObjectKind, IReadOnlyList<Identifier>? Identifiers);

internal sealed record Identifier(string Key, string? Value, bool IsPartOfUniqueness = false);
