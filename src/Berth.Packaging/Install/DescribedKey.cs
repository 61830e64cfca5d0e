namespace Berth.Packaging.Install;

/// <summary>Keys of metrics and properties: groups apart by <c>|</c>, each perhaps <c>group:instance</c>, and the attribute last.</summary>
internal static class DescribedKey
{
    /// <returns>The attribute, null when there is none; and what is wrong with the way to it, null when nothing is.</returns>
    public static (DescribedAttribute? Attribute, string? Problem) Find(DescribedGroup content, string key)
    {
        string? problem = null;
        var parts = key.Split('|');
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            var (group, instance) = Split(part);
            if (!content.Groups.TryGetValue(group, out var found))
                return (null, "is not in describe.xml");
            if (instance && !found.IsInstanced)
                problem = "names an instance of a group that has none in describe.xml";
            else if (!instance && found.NeedsInstance)
                problem = "names no instance of a group that has several in describe.xml";
            content = found;
        }

        return content.Attributes.TryGetValue(parts[^1], out var attribute) ? (attribute, problem) : (null, "is not in describe.xml");
    }

    /// <summary>The same for all instances.</summary>
    public static string WithoutInstances(string key)
    {
        var parts = key.Split('|');
        return string.Join('|', [.. parts[..^1].Select(part => Split(part).Group), parts[^1]]);
    }

    private static (string Group, bool HasInstance) Split(string part) =>
        part.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? (part[..at], true) : (part, false);
}
