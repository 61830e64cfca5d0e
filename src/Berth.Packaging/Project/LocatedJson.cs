using System.Text;
using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>The members of a JSON object in a project file, each with the line that its name stands in.</summary>
internal sealed class LocatedJson
{
    private const long MaxBytes = 1024 * 1024;

    private readonly Dictionary<string, (JsonElement Value, int Line)> _members = new(StringComparer.Ordinal);

    private LocatedJson(string fileName) => FileName = fileName;

    public string FileName { get; }

    /// <exception cref="PackException">The file cannot be read or holds no JSON object.</exception>
    public static LocatedJson Read(string path)
    {
        var json = new LocatedJson(Path.GetFileName(path));
        var utf8 = json.ReadBytes(path);
        try
        {
            json.ReadMembers(utf8);
        }
        catch (JsonException e)
        {
            throw json.Invalid($"line {e.LineNumber + 1}: not valid JSON: {Reason(e)}");
        }

        return json;
    }

    public bool TryGet(string key, out JsonElement value, out int line)
    {
        var found = _members.TryGetValue(key, out var member);
        (value, line) = member;
        return found;
    }

    private byte[] ReadBytes(string path)
    {
        byte[] utf8;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Invalid("is larger than 1 MiB");
            utf8 = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"cannot be read: {e.Message}");
        }

        return utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble)
            ? throw Invalid("starts with a byte order mark, which the platform does not take; save it as UTF-8 without one")
            : utf8;
    }

    private void ReadMembers(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            throw Invalid("line 1: a JSON object { … } is expected");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var line = 1 + utf8[..(int)reader.TokenStartIndex].Count((byte)'\n');
            var key = reader.GetString()!;
            reader.Read();
            if (!_members.TryAdd(key, (JsonElement.ParseValue(ref reader), line)))
                throw Invalid($"line {line}: '{Quote.Short(key)}' is given twice");
        }

        while (reader.Read())
        {
            // Past the object: the reader itself refuses anything but blanks.
        }
    }

    private PackException Invalid(string problem) => new(PackFailure.Validation, $"{FileName}: {problem}");

    /// <summary>The reader's own sentence, without the position that it appends and that is given as a line already.</summary>
    private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
}
