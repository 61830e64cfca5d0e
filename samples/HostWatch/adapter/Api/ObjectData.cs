namespace HostWatch.Api;

/// <summary>One object and what was measured on it.</summary>
internal sealed record ObjectData(ObjectKey Key, List<Metric> Metrics, List<Property> Properties)
{
    public ObjectData(ObjectKey key) : this(key, [], [])
    {
    }

    public ObjectData Metric(string key, double value)
    {
        Metrics.Add(new(key, value));
        return this;
    }

    public ObjectData Property(string key, string value)
    {
        Properties.Add(new(key, value));
        return this;
    }
}

/// <param name="Key">Attribute key; <c>group|attribute</c> when it lies in a group.</param>
/// <param name="NumberValue">In the unit of the adapter definition.</param>
internal sealed record Metric(string Key, double NumberValue);

internal sealed record Property(string Key, string StringValue);
