using System.Text.Json.Serialization;

namespace Berth.Server.Backup;

/// <summary>The JSON documents of backups.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(BackupTable))]
[JsonSerializable(typeof(BackupReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(BackupLine[]))]
internal sealed partial class BackupJson : JsonSerializerContext;
