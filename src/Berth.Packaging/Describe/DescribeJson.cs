using System.Text.Json.Serialization;

namespace Berth.Packaging.Describe;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(AdapterDefinition))]
internal sealed partial class DescribeJson : JsonSerializerContext;
