namespace Berth.Packaging.Adapter;

/// <summary>Names an object: of what adapter and kind it is, and the identifiers that make it unique.</summary>
internal sealed record ObjectKey(string Name, string AdapterKind, string ObjectKind)
{
    public IReadOnlyList<Identifier> Identifiers { get; set; } = [];
}
