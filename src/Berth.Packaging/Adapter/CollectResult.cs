namespace Berth.Packaging.Adapter;

/// <summary>Body of a <c>/collect</c> answer.</summary>
internal sealed record CollectResult
{
    public IReadOnlyList<ObjectData> Result { get; init; } = [];

    public IReadOnlyList<Relationship> Relationships { get; init; } = [];

    public IReadOnlyList<ObjectKey> NotExistingObjects { get; init; } = [];

    /// <summary>Null or empty: the collection succeeded.</summary>
    public string? ErrorMessage { get; init; }
}
