namespace Berth.Bench.Report;

/// <summary>A document whose part between two markers is written by the run.</summary>
internal static class MarkedDocument
{
    private const string Begin = "<!-- results: written by bench.sh -->";
    private const string End = "<!-- end of results -->";

    public static void Replace(string file, string report)
    {
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new BenchException($"{file} has no place for the results: the lines '{Begin}' and '{End}'");
        File.WriteAllText(file, $"{text[..begin]}{Begin}\n\n{report.Trim()}\n\n{text[end..]}");
    }
}
