using System.Text.Json.Serialization;

namespace Berth.Server.Commands;

/// <summary>The JSON documents of the commands about what stays and goes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyDocument[]))]
[JsonSerializable(typeof(PinDocument[]))]
internal sealed partial class RetentionJson : JsonSerializerContext;
