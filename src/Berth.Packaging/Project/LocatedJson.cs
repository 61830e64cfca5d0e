using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>The members of a JSON object in a project file, each with the line that its name stands in.</summary>
internal sealed class LocatedJson
{
    private const int MaxMebibytes = 1;

    private readonly ProjectFile _file;
    private readonly Findings _findings;
    private readonly Dictionary<string, (JsonElement Value, int Line)> _members = new(StringComparer.Ordinal);

    private LocatedJson(ProjectFile file, Findings findings) => (_file, _findings) = (file, findings);

    public string FileName => _file.Name;

    public IEnumerable<(string Key, int Line)> Keys => _members.Select(member => (member.Key, member.Value.Line));

    /// <remarks>A key that is given twice is a problem and keeps its first value.</remarks>
    /// <returns>Null when the file cannot be read or holds no JSON object.</returns>
    public static LocatedJson? Read(string directory, string name, Findings findings)
    {
        if (ProjectFile.Read(directory, name, MaxMebibytes, findings) is not { } file)
            return null;
        if (file.HasByteOrderMark)
        {
            findings.Problem(name, "starts with a byte order mark, which the platform does not take; save it as UTF-8 without one");
            return null;
        }

        var json = new LocatedJson(file, findings);
        return file.Text(findings) is not null && json.TryReadMembers() ? json : null;
    }

    public bool TryGet(string key, out JsonElement value, out int line)
    {
        var found = _members.TryGetValue(key, out var member);
        (value, line) = member;
        return found;
    }

    private bool TryReadMembers()
    {
        try
        {
            return ReadMembers();
        }
        catch (JsonException e)
        {
            _findings.Problem(FileName, (int)(e.LineNumber ?? 0) + 1, $"not valid JSON: {Reason(e)}");
        }
        catch (InvalidOperationException)
        {
            // Of GetString: an escape that names half a character.
            _findings.Problem(FileName, "not valid JSON: a key has an escape \\ud800 … \\udfff without its other half");
        }

        return false;
    }

    private bool ReadMembers()
    {
        var reader = new Utf8JsonReader(_file.Bytes);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            _findings.Problem(FileName, 1, "a JSON object { … } is expected");
            return false;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var line = _file.LineOf((int)reader.TokenStartIndex);
            var key = reader.GetString()!;
            reader.Read();
            if (!_members.TryAdd(key, (JsonElement.ParseValue(ref reader), line)))
                Twice(key, line);
        }

        while (reader.Read())
        {
            // Past the object: the reader itself refuses anything but blanks.
        }

        return true;
    }

    private void Twice(string key, int line) => _findings.Problem(
        FileName, line, $"'{Quote.Short(key)}' is given twice, first in line {_members[key].Line}; remove one of them");

    /// <summary>The reader's own sentence, without the position that it appends and that is given as a line already.</summary>
    internal static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
}
