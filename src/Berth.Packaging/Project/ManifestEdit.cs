using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Berth.Packaging.Project;

/// <summary>Changes manifest.txt and keeps what else it says, in its order: indented by 4, UTF-8 without a byte order mark, LF.</summary>
public static class ManifestEdit
{
    private static readonly JsonWriterOptions Form = new()
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sets the one entry of adapter_kinds.</summary>
    /// <exception cref="PackException">The manifest cannot be read or written; it is as it was.</exception>
    public static void SetAdapterKind(string directory, string kind) =>
        Change(directory, manifest => manifest["adapter_kinds"] = new JsonArray(JsonValue.Create(kind)));

    internal static void Change(string directory, Action<JsonObject> change)
    {
        var path = Path.Combine(directory, PackManifest.FileName);
        try
        {
            var manifest = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("no object");
            change(manifest);
            Replace(path, manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new PackException(PackFailure.Validation, $"{PackManifest.FileName} cannot be changed: {e.Message}", e);
        }
    }

    /// <summary>In one step: whoever reads meanwhile, or a full disk, must not see half a manifest.</summary>
    private static void Replace(string path, JsonObject manifest)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, ToBytes(manifest));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static byte[] ToBytes(JsonObject manifest)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Form))
            manifest.WriteTo(writer);
        bytes.Write(Encoding.UTF8.GetBytes("\n"));
        return bytes.ToArray();
    }
}
