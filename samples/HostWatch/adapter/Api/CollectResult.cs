namespace HostWatch.Api;

internal sealed record CollectResult(
    IReadOnlyList<ObjectData> Result,
    IReadOnlyList<Relationship> Relationships,
    IReadOnlyList<ObjectKey> NotExistingObjects,
    string? ErrorMessage)
{
    public static CollectResult Failed(string problem) => new([], [], [], problem);
}

/// <summary>All children of a parent; the platform replaces what it knew of them.</summary>
internal sealed record Relationship(ObjectKey Parent, IReadOnlyList<ObjectKey> Children);
