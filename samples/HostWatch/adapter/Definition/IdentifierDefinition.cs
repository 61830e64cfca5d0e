namespace HostWatch.Definition;

internal sealed record IdentifierDefinition(string Key, string Label, string Type = "string")
{
    public string? Description { get; init; }

    public bool Required { get; init; } = true;

    /// <summary>1: part of the object's identity; 2: a setting.</summary>
    public int IdentType { get; init; } = 1;

    public bool Enum { get; init; }

    public string? Default { get; init; }

    public int DisplayOrder { get; init; }
}
