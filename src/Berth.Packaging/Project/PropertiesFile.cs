using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>
/// A file of labels: a key, '=' and a text a line. '#' and '!' start a comment, and a '\' at the end of a line goes on in the next one,
/// as the platform's own reader has it.
/// </summary>
internal sealed class PropertiesFile
{
    private const int MaxMebibytes = 4;

    private readonly Dictionary<string, (string Value, int Line)> _values = new(StringComparer.Ordinal);

    private PropertiesFile()
    {
    }

    public static PropertiesFile Empty { get; } = new();

    public IEnumerable<string> Keys => _values.Keys;

    public string? this[string key] => _values.TryGetValue(key, out var found) ? found.Value : null;

    /// <returns>Null when it cannot be read as text.</returns>
    public static PropertiesFile? Read(string directory, string name, Findings findings)
    {
        if (ProjectFile.Read(directory, name, MaxMebibytes, findings) is not { } file || file.Text(findings) is not { } text)
            return null;
        if (file.HasByteOrderMark)
            findings.Problem(name, 1, "starts with a byte order mark, which becomes part of the first key; save it as UTF-8 without one");
        var labels = new PropertiesFile();
        foreach (var (line, content) in LogicalLines(text.TrimStart('\uFEFF')))
            labels.Add(name, line, content, findings);
        return labels;
    }

    private void Add(string name, int line, string content, Findings findings)
    {
        var separator = Separator(content);
        if (separator <= 0)
        {
            findings.Problem(name, line, $"'{Quote.Short(content)}' is not KEY=text; a text of several lines is written in one, with \\n");
            return;
        }

        var (key, value) = (content[..separator].Trim(), content[(separator + 1)..].Trim());
        if (_values.TryAdd(key, (value, line)))
            return;
        var (first, firstLine) = _values[key];
        var text = $"the key '{Quote.Short(key)}' is given twice, first in line {firstLine}";
        if (first == value)
            findings.Note(name, line, text);
        else
            findings.Problem(name, line, $"{text} with another text; the platform keeps only one of them");
        _values[key] = (value, firstLine);
    }

    private static IEnumerable<(int Line, string Content)> LogicalLines(string text)
    {
        string? open = null;
        var (number, start) = (0, 0);
        foreach (var physical in text.Split('\n'))
        {
            number++;
            var line = physical.Trim();
            if (open is null && line is "" or ['#' or '!', ..])
                continue;
            start = open is null ? number : start;
            var content = open + line;
            if (GoesOn(content))
            {
                open = content[..^1];
                continue;
            }

            open = null;
            yield return (start, content);
        }

        if (open is not null)
            yield return (start, open);
    }

    private static bool GoesOn(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    /// <summary>The first '=' or ':' that no '\' stands before.</summary>
    private static int Separator(string content)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\\')
                i++;
            else if (content[i] is '=' or ':')
                return i;
        }

        return -1;
    }
}
