using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Packaging.Project;

namespace Berth.Packaging.Build;

/// <summary>Writes into a project's config.json what was answered or is to be kept; all else in it stays as it is.</summary>
internal static class SavedSettings
{
    /// <param name="useDefaultRegistry">Null: that setting stays.</param>
    /// <exception cref="PackException">The file cannot be written; it is as it was.</exception>
    public static void Write(string project, Repositories repositories, bool? useDefaultRegistry)
    {
        var path = Path.Combine(project, PackConfig.FileName);
        try
        {
            var settings = File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path))!.AsObject() : [];
            settings["container_repository"] = repositories.Pull.Name;
            if (repositories.Push != repositories.Pull || settings["container_push_repository"] is not null)
                settings["container_push_repository"] = repositories.Push.Name;
            if (useDefaultRegistry is { } use)
                settings["use_default_registry"] = use;
            Replace(path, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PackException(PackFailure.Build, $"{path} cannot be written: {e.Message}", e);
        }
    }

    private static void Replace(string path, JsonObject settings)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                using (var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, IndentSize = 4, NewLine = "\n" }))
                    settings.WriteTo(writer);
                file.WriteByte((byte)'\n');
                file.Flush(flushToDisk: true);
            }

            if (File.Exists(path) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
