using System.Text.Json.Serialization;

namespace Berth.MpInstall;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(InspectDocument))]
[JsonSerializable(typeof(PakReportDocument))]
[JsonSerializable(typeof(IReadOnlyList<RemotePreloadResult>))]
internal sealed partial class LookJson : JsonSerializerContext;
