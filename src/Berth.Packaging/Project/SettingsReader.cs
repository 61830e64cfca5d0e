using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Project;

/// <summary>Takes typed values out of a project's JSON file; what is wrong with it goes to the findings.</summary>
/// <param name="nullIsAbsent">Whether the JSON value null means that nothing is set.</param>
internal sealed class SettingsReader(LocatedJson json, Findings findings, bool nullIsAbsent)
{
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

    public void Problem(string key, string problem)
    {
        if (json.TryGet(key, out _, out var line))
            findings.Problem(json.FileName, line, $"{key} {problem}");
        else
            findings.Problem(json.FileName, $"{key} {problem}");
    }

    private T? Take<T>(string key, string expected, Func<JsonElement, T?> read)
    {
        if (!json.TryGet(key, out var value, out _) || (nullIsAbsent && value.ValueKind is JsonValueKind.Null))
            return default;
        var taken = read(value);
        if (taken is null)
            Problem(key, $"is {Quote.Short(value.GetRawText())}, where {expected} is expected");
        return taken;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escape that names half a character.
            return null;
        }
    }

    private static IReadOnlyList<string>? TextsOf(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array)
            return null;
        var texts = value.EnumerateArray().Select(TextOf).OfType<string>().ToList();
        return texts.Count == value.GetArrayLength() ? texts : null;
    }
}
