using System.Text.Json.Serialization;

namespace Berth.Packaging.Describe;

/// <summary>What an adapter says of itself at <c>GET /adapterDefinition</c>. Members that are not listed are ignored.</summary>
/// <remarks>What has a default has a setter: generated readers give init-only properties that are absent no default.</remarks>
internal sealed record AdapterDefinition(
    string AdapterKey, string? AdapterLabel, int DescribeVersion, ObjectDefinition AdapterInstance)
{
    public required IReadOnlyList<CredentialDefinition> CredentialTypes { get; init; }

    public required IReadOnlyList<ObjectDefinition> ObjectTypes { get; init; }

    /// <summary>The adapter instance and then the object types: every kind of object.</summary>
    [JsonIgnore]
    public IEnumerable<ObjectDefinition> Objects => ObjectTypes.Prepend(AdapterInstance);
}

internal sealed record ObjectDefinition(string Key, string? Label)
{
    public IReadOnlyList<IdentifierDefinition> Identifiers { get; set; } = [];

    public IReadOnlyList<AttributeDefinition> Attributes { get; set; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; set; } = [];
}

/// <param name="IdentType">1: part of the object's identity; 2: not.</param>
internal sealed record IdentifierDefinition(string Key, string? Label, int IdentType, int DisplayOrder, string Type)
{
    public string? Description { get; init; }

    public bool Required { get; set; } = true;

    public bool Enum { get; init; }

    public IReadOnlyList<EnumValue>? EnumValues { get; init; }

    public int? Length { get; init; }

    [JsonConverter(typeof(ScalarTextConverter))]
    public string? Default { get; init; }
}

internal sealed record CredentialDefinition(string Key, string? Label, IReadOnlyList<CredentialField> Fields);

internal sealed record CredentialField(
    string Key, string? Label, bool Required, bool Password, bool Enum, int DisplayOrder, string Type)
{
    public IReadOnlyList<EnumValue>? EnumValues { get; init; }

    [JsonConverter(typeof(ScalarTextConverter))]
    public string? Default { get; init; }
}

internal sealed record AttributeDefinition(
    string Key,
    string? Label,
    bool IsRate,
    bool IsDiscrete,
    bool IsKpi,
    bool IsImpact,
    bool IsKeyAttribute,
    int DashboardOrder,
    string DataType,
    bool IsProperty)
{
    public string? Unit { get; init; }
}

internal sealed record GroupDefinition(string Key, string? Label, bool Instanced, bool InstanceRequired)
{
    public IReadOnlyList<AttributeDefinition> Attributes { get; set; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; set; } = [];
}

/// <param name="Label">Null in definitions of schema version 0, where a value is a plain string.</param>
[JsonConverter(typeof(EnumValueConverter))]
internal sealed record EnumValue(string Key, string? Label, int DisplayOrder);
