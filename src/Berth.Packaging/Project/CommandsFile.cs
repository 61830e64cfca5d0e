using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>The file that tells the SDK's own web server what to run; other adapters have none.</summary>
internal sealed class CommandsFile(ProjectFile file, Findings findings)
{
    public const string Name = "commands.cfg";

    private const string Section = "[Commands]";
    private const string Definition = "adapter_definition";

    private static readonly string[] Keys = ["test", "collect", Definition, "endpoint_urls"];

    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasSection;
    private bool _inSection;

    /// <param name="definitionNeeded">Whether the adapter has to describe itself.</param>
    public void Check(bool definitionNeeded)
    {
        if (file.Text(findings) is not { } text)
            return;
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
            Read(++number, line);
        if (file.HasByteOrderMark)
            findings.Problem(Name, 1, $"starts with a byte order mark, so that {Section} is not found; save it as UTF-8 without one");
        if (!_hasSection)
            findings.Problem(Name, $"has no section {Section}; its first line has to be {Section}");
        else
            Missing(definitionNeeded);
    }

    private void Missing(bool definitionNeeded)
    {
        foreach (var key in Keys.Where(key => !_lines.ContainsKey(key)))
        {
            if (key == Definition && !definitionNeeded)
                findings.Note($"{Name}: {key} is missing; that is all right as long as there is a conf/describe.xml");
            else
                findings.Problem(Name, $"{key} is missing; add a line {key}=COMMAND to {Section}");
        }
    }

    private void Read(int number, string line)
    {
        if (line.AsSpan().Trim() is [] or ['#' or ';', ..])
            return;
        if (line.TrimEnd() is ['[', ..] section)
        {
            _inSection = section == Section;
            _hasSection |= _inSection;
            if (!_inSection)
                findings.Note(Name, number, $"'{Quote.Short(section)}' is read by nothing{NearestName.Hint(section, [Section])}");
        }
        else if (_inSection && !char.IsWhiteSpace(line[0]))
        {
            Entry(number, line);
        }
    }

    private void Entry(int number, string line)
    {
        var separator = line.AsSpan().IndexOfAny('=', ':');
        var key = separator < 0 ? line.Trim() : line[..separator].Trim();
        if (separator < 0)
            findings.Problem(Name, number, $"'{Quote.Short(line.Trim())}' is not KEY=COMMAND");
        else if (!_lines.TryAdd(key, number))
            findings.Problem(Name, number, $"'{Quote.Short(key)}' is given twice, first in line {_lines[key]}; remove one of them");
        else if (!Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            findings.Note(Name, number, $"'{Quote.Short(key)}' is read by nothing{NearestName.Hint(key, Keys)}");
        else if (line.AsSpan(separator + 1).IsWhiteSpace())
            findings.Problem(Name, number, $"{key} has no command; write the command line that answers it");
    }
}
