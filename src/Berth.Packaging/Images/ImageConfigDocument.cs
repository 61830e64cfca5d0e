using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>An image's configuration (OCI image specification 1.1, config.md), as far as pushing needs it.</summary>
internal sealed record ImageConfigDocument
{
    /// <summary>In bytes; the largest seen in the wild are far below 1 MiB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    [JsonPropertyName("os")]
    public string? Os { get; init; }

    [JsonPropertyName("architecture")]
    public string? Architecture { get; init; }

    [JsonPropertyName("rootfs")]
    public RootFileSystem? RootFs { get; init; }

    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ImageConfigDocument? config, out IReadOnlyList<Digest> diffIds)
    {
        diffIds = [];
        config = null;
        try
        {
            config = JsonSerializer.Deserialize(utf8, ImagesJson.Default.ImageConfigDocument);
            diffIds = [.. (config?.RootFs?.DiffIds ?? []).Select(id => Digest.Parse(id))];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            config = null;
        }

        return config is not null;
    }

    /// <exception cref="PackException">The image is for something else.</exception>
    public void CheckPlatform(string image)
    {
        if (Os != Platform.CloudProxy.Os || Architecture != Platform.CloudProxy.Architecture)
            throw new PackException(
                PackFailure.Push, $"{image} is for {Os ?? "?"}/{Architecture ?? "?"}, and a Cloud Proxy runs {Platform.CloudProxy} only; build it for that");
    }
}

internal sealed record RootFileSystem
{
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<string?>? DiffIds { get; init; }
}
