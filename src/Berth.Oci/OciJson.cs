using System.Text.Json.Serialization;

namespace Berth.Oci;

/// <summary>The JSON documents of the specifications. Nesting is bounded; a property given twice is an error, because two readers would disagree on it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 32,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ManifestDocument))]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class OciJson : JsonSerializerContext;
