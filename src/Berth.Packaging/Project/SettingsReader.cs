using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>Takes typed values out of a project's JSON file, and collects all that is wrong with it for one report.</summary>
/// <param name="nullIsAbsent">Whether the JSON value null means that nothing is set.</param>
internal sealed class SettingsReader(LocatedJson json, bool nullIsAbsent)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reports the key if it is absent.</summary>
    public SettingsReader Require(string key, string meaning)
    {
        if (!json.TryGet(key, out _, out _))
            Problem(key, $"is missing: {meaning}");
        return this;
    }

    public string? Text(string key) => Take(key, "a string", TextOf);

    public bool? Boolean(string key) => Take<bool?>(key, "true or false", value => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });

    public int? Integer(string key, int smallest) => Take<int?>(key, $"a whole number of at least {smallest}", value =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= smallest ? number : null);

    public IReadOnlyList<string>? Texts(string key) => Take(key, "an array of strings", TextsOf);

    /// <summary>A value of the form <c>{"script": "name"}</c>; the name may be empty.</summary>
    public string? Script(string key) => Take(key, """{"script": "name"} or {"script": ""}""", value =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty("script", out var script) ? TextOf(script) : null);

    public void Problem(string key, string problem) => _problems.Add(
        json.TryGet(key, out _, out var line) ? $"{json.FileName}: line {line}: {key} {problem}" : $"{json.FileName}: {key} {problem}");

    private T? Take<T>(string key, string expected, Func<JsonElement, T?> read)
    {
        if (!json.TryGet(key, out var value, out _) || (nullIsAbsent && value.ValueKind is JsonValueKind.Null))
            return default;
        var taken = read(value);
        if (taken is null)
            Problem(key, $"is {Quote.Short(value.GetRawText())}, where {expected} is expected");
        return taken;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string>? TextsOf(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array)
            return null;
        var texts = value.EnumerateArray().Select(TextOf).OfType<string>().ToList();
        return texts.Count == value.GetArrayLength() ? texts : null;
    }
}
