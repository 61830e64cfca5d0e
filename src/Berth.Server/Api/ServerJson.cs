using System.Text.Json.Serialization;
using Berth.Oci;
using Berth.Server.Auth;
using Berth.Server.Collection;
using Berth.Server.Commands;

namespace Berth.Server.Api;

/// <summary>The JSON documents that the server writes and reads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(TagListDocument))]
[JsonSerializable(typeof(CatalogDocument))]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(TokenPayload))]
[JsonSerializable(typeof(UserDocument[]))]
[JsonSerializable(typeof(RemovalDocument))]
[JsonSerializable(typeof(CollectionDocument))]
internal sealed partial class ServerJson : JsonSerializerContext;

internal sealed record TagListDocument(string Name, string[] Tags);

internal sealed record CatalogDocument(string[] Repositories);
