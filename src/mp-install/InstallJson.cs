using System.Text.Json.Serialization;

namespace Berth.MpInstall;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(InstallDocument))]
internal sealed partial class InstallJson : JsonSerializerContext;
