using System.Text.Json.Serialization;
using Berth.Registry.Upkeep;

namespace Berth.Server.Upkeep;

/// <summary>What upkeep writes down and prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScrubReport))]
internal sealed partial class UpkeepJson : JsonSerializerContext;
