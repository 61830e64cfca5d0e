namespace Berth.Packaging.Adapter;

/// <summary>What was collected of one object.</summary>
internal sealed record ObjectData(ObjectKey Key)
{
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    public IReadOnlyList<Property> Properties { get; init; } = [];

    public IReadOnlyList<ObjectEvent> Events { get; init; } = [];
}
