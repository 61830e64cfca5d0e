using System.Text.Json.Serialization;
using Berth.Registry.Upkeep;
using Berth.Server.Doctor;

namespace Berth.Server.Upkeep;

/// <summary>What upkeep writes down and prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScrubReport))]
[JsonSerializable(typeof(FindingDocument[]))]
internal sealed partial class UpkeepJson : JsonSerializerContext;
