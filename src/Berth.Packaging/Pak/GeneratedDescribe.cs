namespace Berth.Packaging.Pak;

/// <summary>The two files that describe an adapter, as bytes.</summary>
internal sealed record GeneratedDescribe(byte[] Xml, byte[] Properties)
{
    /// <summary>The keys that have a label.</summary>
    public IReadOnlySet<string> LabelKeys { get; init; } = new HashSet<string>();

    /// <summary>The key of the adapter: the manifest has to name the same one.</summary>
    public string AdapterKind { get; init; } = "";
}
