namespace Berth.Packaging.Adapter;

/// <summary>What was collected of one object.</summary>
internal sealed record ObjectData(ObjectKey Key)
{
    public IReadOnlyList<Metric> Metrics { get; set; } = [];

    public IReadOnlyList<Property> Properties { get; set; } = [];

    public IReadOnlyList<ObjectEvent> Events { get; set; } = [];
}
