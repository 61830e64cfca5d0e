namespace Berth.Bench.Report;

/// <summary>A document of which some parts, each between two markers, are written by runs.</summary>
internal static class MarkedDocument
{
    private const string End = "<!-- end of results -->";

    /// <param name="script">Who writes the part, as its first marker says.</param>
    public static void Replace(string file, string script, string report)
    {
        var text = File.ReadAllText(file);
        var marker = $"<!-- results: written by {script} -->";
        var begin = text.IndexOf(marker, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0)
            throw new BenchException($"{file} has no place for the results: the lines '{marker}' and '{End}'");
        File.WriteAllText(file, $"{text[..begin]}{marker}\n\n{report.Trim()}\n\n{text[end..]}");
    }
}
