namespace Berth.Packaging.Adapter;

internal sealed record Relationship(ObjectKey Parent)
{
    public IReadOnlyList<ObjectKey> Children { get; set; } = [];
}
