using System.Text.Json;
using Berth.Oci;

namespace Berth.Packaging.Build;

/// <summary>The image's configuration (OCI image specification 1.1, config.md), of which only the platform is read.</summary>
internal static class ImageConfig
{
    /// <returns>Null when the content is no configuration or names no platform.</returns>
    public static async Task<Platform?> ReadPlatformAsync(Stream content, int limit, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (bytes.Length + read > limit)
                return null;
            bytes.Write(buffer, 0, read);
        }

        try
        {
            using var json = JsonDocument.Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && Text(root, "os") is { } os
                && Text(root, "architecture") is { } architecture
                ? new Platform(os, architecture)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
