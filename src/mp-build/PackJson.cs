using System.Text.Json.Serialization;

namespace Berth.MpBuild;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PackDocument))]
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class PackJson : JsonSerializerContext;
