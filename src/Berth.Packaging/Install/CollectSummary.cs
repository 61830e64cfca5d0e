using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>A collection in numbers.</summary>
/// <param name="Relationships">Pairs of a parent and a child.</param>
public sealed record CollectSummary(
    IReadOnlyList<KindSummary> Kinds, int Objects, int Metrics, int Properties, int Events, int Relationships)
{
    // Kinds come from the adapter and go to a terminal.
    private const int LongestKind = 100;

    internal static CollectSummary Of(CollectResult collection)
    {
        var kinds = collection.Result
            .GroupBy(data => (data.Key.AdapterKind, data.Key.ObjectKind))
            .OrderBy(kind => kind.Key.AdapterKind, StringComparer.Ordinal)
            .ThenBy(kind => kind.Key.ObjectKind, StringComparer.Ordinal)
            .Select(kind => Summarize(kind.Key.AdapterKind, kind.Key.ObjectKind, kind))
            .ToList();
        return new CollectSummary(
            kinds,
            kinds.Sum(kind => kind.Objects),
            kinds.Sum(kind => kind.Metrics),
            kinds.Sum(kind => kind.Properties),
            kinds.Sum(kind => kind.Events),
            collection.Relationships.Sum(relationship => relationship.Children.Count));
    }

    private static KindSummary Summarize(string adapterKind, string objectKind, IEnumerable<ObjectData> objects)
    {
        var all = objects.ToList();
        return new KindSummary(
            OneLine.Of(adapterKind, LongestKind),
            OneLine.Of(objectKind, LongestKind),
            all.Count,
            all.Sum(data => data.Metrics.Count),
            all.Sum(data => data.Properties.Count),
            all.Sum(data => data.Events.Count));
    }
}
