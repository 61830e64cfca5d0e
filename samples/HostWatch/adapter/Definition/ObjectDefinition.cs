namespace HostWatch.Definition;

/// <summary>One kind of object: how its instances are told apart and what is measured on them.</summary>
internal sealed record ObjectDefinition(
    string Key,
    string Label,
    IReadOnlyList<IdentifierDefinition> Identifiers,
    IReadOnlyList<AttributeDefinition> Attributes,
    IReadOnlyList<GroupDefinition> Groups)
{
    public ObjectDefinition(
        string key, string label, IReadOnlyList<IdentifierDefinition> identifiers, IReadOnlyList<AttributeDefinition> attributes)
        : this(key, label, [.. Identified(identifiers)], [.. Ordered(attributes)], [])
    {
    }

    public ObjectDefinition With(GroupDefinition group) =>
        this with { Groups = [.. Groups, group with { Attributes = [.. Ordered(group.Attributes)] }] };

    // Both lists are shown in the order in which they are declared.
    private static IEnumerable<AttributeDefinition> Ordered(IEnumerable<AttributeDefinition> attributes) =>
        attributes.Select((attribute, index) => attribute with { DashboardOrder = index });

    private static IEnumerable<IdentifierDefinition> Identified(IEnumerable<IdentifierDefinition> identifiers) =>
        identifiers.Select((identifier, index) => identifier with { DisplayOrder = index });
}

/// <summary>A named set of attributes; in a metric's key its name stands before the bar.</summary>
internal sealed record GroupDefinition(string Key, string Label, IReadOnlyList<AttributeDefinition> Attributes)
{
    public bool Instanced { get; init; }

    public bool InstanceRequired { get; init; }

    public IReadOnlyList<GroupDefinition> Groups { get; } = [];
}
