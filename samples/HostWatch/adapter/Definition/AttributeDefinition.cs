namespace HostWatch.Definition;

/// <summary>A metric (a number with a unit) or a property (a text).</summary>
internal sealed record AttributeDefinition(string Key, string Label, string? Unit, string DataType, bool IsProperty)
{
    public bool IsRate { get; init; }

    public bool IsDiscrete { get; init; }

    public bool IsKpi { get; init; }

    public bool IsImpact { get; init; }

    public bool IsKeyAttribute { get; init; }

    public int DashboardOrder { get; init; }

    public static AttributeDefinition Metric(string key, string label, string? unit = null) => new(key, label, unit, "float", false);

    /// <summary>A metric that the platform watches most closely.</summary>
    public static AttributeDefinition Indicator(string key, string label, string? unit = null) =>
        Metric(key, label, unit) with { IsKpi = true, IsKeyAttribute = true };

    public static AttributeDefinition Rate(string key, string label, string unit) => Metric(key, label, unit) with { IsRate = true };

    public static AttributeDefinition Property(string key, string label) => new(key, label, null, "string", true);
}
