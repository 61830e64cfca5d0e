using Berth.Packaging.Install;

namespace Berth.Packaging.Inspect;

/// <summary>What a pak's describe.xml declares.</summary>
/// <param name="InstanceKind">The kind of object that a connection is; null when there is none.</param>
public sealed record PakDescribe(string AdapterKind, string? InstanceKind, IReadOnlyList<PakObjectKind> Kinds)
{
    internal static PakDescribe Of(DescribedKinds described) => new(
        described.AdapterKind,
        described.InstanceKind,
        [.. described.Kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => PakObjectKind.Of(kind.Key, kind.Value))]);
}

/// <summary>A kind of object, and how many keys of each sort it has.</summary>
public sealed record PakObjectKind(string Key, int Identifiers, int Metrics, int Properties)
{
    internal static PakObjectKind Of(string key, DescribedKind kind)
    {
        var attributes = Attributes(kind.Content).ToList();
        return new PakObjectKind(
            key, kind.Identifiers.Count, attributes.Count(attribute => !attribute.IsProperty), attributes.Count(attribute => attribute.IsProperty));
    }

    private static IEnumerable<DescribedAttribute> Attributes(DescribedGroup group) =>
        group.Attributes.Values.Concat(group.Groups.Values.SelectMany(Attributes));
}
