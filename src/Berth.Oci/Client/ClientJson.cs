using System.Text.Json.Serialization;

namespace Berth.Oci.Client;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, MaxDepth = 32)]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(TagListDocument))]
[JsonSerializable(typeof(DockerConfigDocument))]
[JsonSerializable(typeof(CredentialProgramAnswer))]
internal sealed partial class ClientJson : JsonSerializerContext;
