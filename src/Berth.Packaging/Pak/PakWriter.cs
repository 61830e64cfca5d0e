using Berth.Packaging.Conf;
using Berth.Packaging.Project;

namespace Berth.Packaging.Pak;

/// <summary>Writes the pak: beside its final name first, then renamed, so that an earlier pak stays whole until the new one is.</summary>
internal static class PakWriter
{
    /// <returns>Full path of the pak.</returns>
    /// <exception cref="PackException">The file cannot be written.</exception>
    public static string Write(PackProject project, PakContent content, ConfFile conf, DateTimeOffset time)
    {
        var path = Path.Combine(project.BuildDirectory, project.Manifest.PakFileName);
        var temporary = Path.Combine(project.BuildDirectory, $".{project.Manifest.PakFileName}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(project.BuildDirectory);
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                PakArchive.Write(file, content.PakEntries(AdapterArchive(content, conf, time)), time);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(PackFailure.Build, $"{path} cannot be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }

        return path;
    }

    private static byte[] AdapterArchive(PakContent content, ConfFile conf, DateTimeOffset time)
    {
        using var archive = new MemoryStream();
        PakArchive.Write(archive, content.AdapterEntries(conf), time);
        return archive.ToArray();
    }
}
