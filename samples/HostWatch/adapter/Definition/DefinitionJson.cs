using System.Text.Json.Serialization;

namespace HostWatch.Definition;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AdapterDefinition))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
