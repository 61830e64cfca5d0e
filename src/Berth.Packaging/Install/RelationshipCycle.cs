using Berth.Packaging.Adapter;

namespace Berth.Packaging.Install;

/// <summary>Looks for objects that are their own descendants.</summary>
internal static class RelationshipCycle
{
    /// <returns>The names on one way round; null when there is none.</returns>
    public static string? Find(IReadOnlyList<Relationship> relationships)
    {
        var children = relationships
            .GroupBy(relationship => Identity(relationship.Parent))
            .ToDictionary(same => same.Key, same => same.SelectMany(relationship => relationship.Children).Select(Identity).Distinct().ToList());
        var done = new HashSet<string>(StringComparer.Ordinal);
        return children.Keys.Select(start => From(start, children, done)).FirstOrDefault(cycle => cycle is not null);
    }

    /// <summary>Depth first, without recursion: an adapter may send chains of any length.</summary>
    private static string? From(string start, Dictionary<string, List<string>> children, HashSet<string> done)
    {
        var path = new List<(string Name, int Next)> { (start, 0) };
        var open = new HashSet<string>(StringComparer.Ordinal) { start };
        while (path.Count > 0)
        {
            var (name, next) = path[^1];
            if (done.Contains(name) || !children.TryGetValue(name, out var below) || next == below.Count)
            {
                done.Add(name);
                open.Remove(name);
                path.RemoveAt(path.Count - 1);
                continue;
            }

            path[^1] = (name, next + 1);
            if (!open.Add(below[next]))
                return string.Join(" > ", path.Select(step => step.Name).SkipWhile(step => step != below[next]).Append(below[next]).Select(Shown));
            path.Add((below[next], 0));
        }

        return null;
    }

    private static string Identity(ObjectKey key) => string.Join(
        '\u001f', [key.Name, key.AdapterKind, key.ObjectKind, .. key.Identifiers.Where(one => one.IsPartOfUniqueness).Select(one => $"{one.Key}={one.Value}")]);

    private static string Shown(string identity) => identity.Split('\u001f')[0];
}
