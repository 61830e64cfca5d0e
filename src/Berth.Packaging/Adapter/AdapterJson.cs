using System.Text.Json.Serialization;

namespace Berth.Packaging.Adapter;

/// <summary>The documents of the adapter's REST API. What an answer must hold is required here: a missing key fails in reading, not later.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(AdapterConfig))]
[JsonSerializable(typeof(ApiVersionDocument))]
[JsonSerializable(typeof(TestResult))]
[JsonSerializable(typeof(EndpointResult))]
[JsonSerializable(typeof(CollectResult))]
internal sealed partial class AdapterJson : JsonSerializerContext;
