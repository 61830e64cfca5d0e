namespace Berth.Packaging.Adapter;

/// <summary>Body of a <c>/collect</c> answer.</summary>
internal sealed record CollectResult
{
    public IReadOnlyList<ObjectData> Result { get; set; } = [];

    public IReadOnlyList<Relationship> Relationships { get; set; } = [];

    public IReadOnlyList<ObjectKey> NotExistingObjects { get; set; } = [];

    /// <summary>Null or empty: the collection succeeded.</summary>
    public string? ErrorMessage { get; init; }
}
