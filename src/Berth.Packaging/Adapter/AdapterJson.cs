using System.Text.Json.Serialization;

namespace Berth.Packaging.Adapter;

/// <summary>The documents of the adapter's REST API.</summary>
/// <remarks>
/// What an answer must hold is required here: a missing key fails in reading, not later. A member with a default has a setter: to an
/// absent member that can only be initialized, the generated reader gives null.
/// </remarks>
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
