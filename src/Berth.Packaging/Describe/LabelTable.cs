using System.Globalization;
using System.Text;

namespace Berth.Packaging.Describe;

/// <summary>Numbers the texts that people see; describe.xml names them by number, resources.properties holds them.</summary>
/// <remarks>
/// Counted from 1 in the order of first use. The same label gets the same number, unless one of the two has a description, which belongs
/// to one element and must not show up at another.
/// </remarks>
internal sealed class LabelTable
{
    private readonly Dictionary<(string Label, string? Description), int> _numbers = [];
    private readonly StringBuilder _properties = new();

    public IReadOnlySet<string> Keys => Enumerable.Range(1, _numbers.Count).Select(Text).ToHashSet(StringComparer.Ordinal);

    public string KeyOf(string label, string? description = null)
    {
        if (string.IsNullOrWhiteSpace(description))
            description = null;
        if (_numbers.TryGetValue((label, description), out var number))
            return Text(number);
        number = _numbers.Count + 1;
        _numbers.Add((label, description), number);
        Line(Text(number), label);
        if (description is not null)
            Line($"{Text(number)}.description", description);
        return Text(number);
    }

    /// <summary>UTF-8, LF, no byte order mark.</summary>
    public byte[] ToProperties() => Encoding.UTF8.GetBytes(_properties.ToString());

    private void Line(string key, string text) => _properties.Append(key).Append(" = ").Append(Escape(text)).Append('\n');

    /// <summary>Escapes what a reader of .properties would misread: the escape itself, line ends, and blanks at the start.</summary>
    private static string Escape(string text)
    {
        var escaped = text.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return escaped.StartsWith(' ') ? "\\" + escaped : escaped;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
