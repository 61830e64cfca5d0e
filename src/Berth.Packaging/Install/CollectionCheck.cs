using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Holds a collection against what describe.xml promises of it.</summary>
internal sealed class CollectionCheck
{
    private const int LongestKey = 80;

    private readonly DescribedKinds _described;
    private readonly Dictionary<(bool IsError, string Text), int> _findings = [];

    private CollectionCheck(DescribedKinds described) => _described = described;

    /// <returns>The same finding of several objects once.</returns>
    public static IReadOnlyList<CollectionFinding> Run(CollectResult result, DescribedKinds described)
    {
        var check = new CollectionCheck(described);
        foreach (var data in result.Result)
            check.Look(data);
        if (RelationshipCycle.Find(result.Relationships) is { } cycle)
            check.Warn($"the relationships go round: {OneLine.Of(cycle, 4 * LongestKey)}");
        return [.. check._findings.Select(finding => new CollectionFinding(finding.Key.IsError, finding.Key.Text, finding.Value))];
    }

    private void Look(ObjectData data)
    {
        if (data.Key.AdapterKind != _described.AdapterKind)
        {
            Warn($"objects of the adapter kind '{Short(data.Key.AdapterKind)}' belong to another adapter than '{_described.AdapterKind}'");
            return;
        }

        var name = Short(data.Key.ObjectKind);
        if (_described.Find(data.Key.ObjectKind) is not { } kind)
        {
            Warn($"describe.xml has no kind '{name}'");
            return;
        }

        LookAtIdentifiers(data.Key, kind, name);
        foreach (var metric in data.Metrics)
            LookAt(kind, name, metric.Key, isProperty: false, isText: false);
        foreach (var property in data.Properties)
            LookAt(kind, name, property.Key, isProperty: true, isText: property.StringValue is not null);
    }

    private void LookAtIdentifiers(ObjectKey key, DescribedKind kind, string name)
    {
        foreach (var identifier in key.Identifiers)
        {
            if (!kind.Identifiers.TryGetValue(identifier.Key, out var described))
                Refuse($"'{name}' has no identifier '{Short(identifier.Key)}' in describe.xml");
            else if (described.IsUnique != identifier.IsPartOfUniqueness)
                Refuse($"the identifier '{Short(identifier.Key)}' of '{name}' is part of the uniqueness in {(described.IsUnique ? "describe.xml" : "the collection")} only");
        }

        foreach (var (missing, _) in kind.Identifiers.Where(one => one.Value.IsRequired && key.Identifiers.All(given => given.Key != one.Key)))
            Refuse($"objects of '{name}' lack the identifier '{Short(missing)}', which describe.xml requires");
    }

    private void LookAt(DescribedKind kind, string name, string key, bool isProperty, bool isText)
    {
        var what = $"the {(isProperty ? "property" : "metric")} '{Short(DescribedKey.WithoutInstances(key))}' of '{name}'";
        var (attribute, problem) = DescribedKey.Find(kind.Content, key);
        if (problem is not null)
            Warn($"{what} {problem}");
        if (attribute is null)
            return;
        if (attribute.IsProperty != isProperty)
            Warn($"{what} is a {(attribute.IsProperty ? "property" : "metric")} in describe.xml");
        if (isText && !attribute.IsText)
            Refuse($"{what} is text, and a number in describe.xml");
        if (isProperty && !isText && attribute.IsText)
            Refuse($"{what} is a number, and text in describe.xml");
    }

    private void Warn(string text) => Add(false, text);

    private void Refuse(string text) => Add(true, text);

    private void Add(bool isError, string text) => _findings[(isError, text)] = _findings.GetValueOrDefault((isError, text)) + 1;

    private static string Short(string text) => OneLine.Of(text, LongestKey);
}
