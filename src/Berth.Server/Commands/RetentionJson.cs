using System.Text.Json.Serialization;
using Berth.Server.Explaining;
using Berth.Server.Storage;

namespace Berth.Server.Commands;

/// <summary>The JSON documents of the commands about what stays and goes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyDocument[]))]
[JsonSerializable(typeof(PinDocument[]))]
[JsonSerializable(typeof(DigestFacts))]
[JsonSerializable(typeof(JournalFacts))]
[JsonSerializable(typeof(RepositorySum[]))]
internal sealed partial class RetentionJson : JsonSerializerContext;
