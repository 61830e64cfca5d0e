using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Packaging.Describe;

/// <summary>A value of an enumeration: an object with a label, or in old definitions its text alone.</summary>
internal sealed class EnumValueConverter : JsonConverter<EnumValue>
{
    public override EnumValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return new EnumValue(reader.GetString()!, Label: null, DisplayOrder: 0);
        if (JsonElement.ParseValue(ref reader) is not { ValueKind: JsonValueKind.Object } value
            || !value.TryGetProperty("key", out var key) || key.ValueKind is not JsonValueKind.String)
            throw new JsonException("an enum value is a string, or an object with a key that is one");
        return new EnumValue(key.GetString()!, LabelOf(value) ?? key.GetString()!, OrderOf(value));
    }

    public override void Write(Utf8JsonWriter writer, EnumValue value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static string? LabelOf(JsonElement value) =>
        value.TryGetProperty("label", out var label) && label.ValueKind is JsonValueKind.String ? label.GetString() : null;

    private static int OrderOf(JsonElement value) =>
        value.TryGetProperty("display_order", out var order) && order.ValueKind is JsonValueKind.Number && order.TryGetInt32(out var number)
            ? number
            : 0;
}
