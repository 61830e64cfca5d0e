namespace Berth.Packaging.Images;

/// <summary>Names of entries in an export. They are keys here and never become paths of this machine.</summary>
internal static class ExportNames
{
    private const int MostLinks = 8;

    public static string Normalize(string name) => Resolve("", name);

    /// <summary>What a link in an entry's directory points to.</summary>
    public static string Resolve(string entry, string target)
    {
        var parts = new List<string>();
        var directory = entry.LastIndexOf('/');
        if (directory > 0)
            parts.AddRange(entry[..directory].Split('/'));
        foreach (var part in target.Split('/'))
        {
            if (part == "..")
                parts = parts.Count == 0 ? parts : parts[..^1];
            else if (part is not ("" or "."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    /// <exception cref="InvalidDataException">The links go round in circles.</exception>
    public static string Follow(string name, Dictionary<string, string> links)
    {
        for (var i = 0; i < MostLinks; i++)
        {
            if (!links.TryGetValue(name, out var target))
                return name;
            name = target;
        }

        throw new InvalidDataException("links in it go round in circles");
    }
}
