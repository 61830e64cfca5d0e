using System.Text.Json.Serialization;
using Berth.Packaging.Preload;

namespace Berth.MpInstall;

/// <summary>The result in the form of <c>--output json</c>; what failed has <see cref="Error"/> and no result.</summary>
internal sealed record PreloadDocument(string Pak, int ExitCode)
{
    public string? Error { get; init; }

    public string? Reference { get; init; }

    /// <summary>present, anonymous-pull, pull-with-login or bundle.</summary>
    public string? Source { get; init; }

    public string? Engine { get; init; }

    public string? ImageId { get; init; }

    public long? Bytes { get; init; }

    public static PreloadDocument Of(string pak, PreloadResult result) => new(pak, ExitCodes.Success)
    {
        Reference = result.Reference,
        Source = result.Source.Name(),
        Engine = result.Engine,
        ImageId = result.ImageId,
        Bytes = result.Bytes,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(PreloadDocument))]
internal sealed partial class PreloadJson : JsonSerializerContext;
