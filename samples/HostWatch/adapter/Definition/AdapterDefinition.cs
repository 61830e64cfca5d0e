namespace HostWatch.Definition;

/// <summary>Answer of /adapterDefinition, from which the pak's describe.xml is made (schema 1).</summary>
internal sealed record AdapterDefinition(
    string AdapterKey,
    string AdapterLabel,
    int DescribeVersion,
    ObjectDefinition AdapterInstance,
    IReadOnlyList<ObjectDefinition> ObjectTypes)
{
    public int SchemaVersion { get; } = 1;

    /// <summary>Reading /proc needs no credential.</summary>
    public IReadOnlyList<string> CredentialTypes { get; } = [];
}
