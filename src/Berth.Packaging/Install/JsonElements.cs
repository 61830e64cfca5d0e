using System.Text.Json;

namespace Berth.Packaging.Install;

/// <summary>Reads from JSON whose shape is not certain.</summary>
internal static class JsonElements
{
    /// <summary>A member that is text; null when it is absent, null or empty.</summary>
    /// <exception cref="ConnectionException">It is something else than text.</exception>
    public static string? Text(this JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new ConnectionException($"\"{key}\" needs to be text");
        return value.GetString() is { Length: > 0 } text ? text : null;
    }

    public static bool Flag(this JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The members of an object member; none when it is absent or null.</summary>
    /// <exception cref="ConnectionException">It is something else than an object.</exception>
    public static IEnumerable<JsonProperty> Members(this JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject()
            : throw new ConnectionException($"\"{key}\" needs to be an object");
    }
}
