using System.IO.Compression;

namespace Berth.Packaging.Pak;

/// <summary>Writes entries to a zip in the form that the platform is known to take, the same bytes for the same input.</summary>
/// <remarks>Directories are entries of their own; modes are fixed and of a Unix host; one time for all of it.</remarks>
internal static class PakArchive
{
    /// <summary>Regular file, rw-r--r--, in the upper half, where a Unix zip keeps the mode.</summary>
    private const int FileAttributes = unchecked((int)0x81A40000);

    /// <summary>Directory, rwxr-xr-x; the low bit is the directory flag of DOS.</summary>
    private const int DirectoryAttributes = 0x41ED0010;

    public static void Write(Stream destination, IEnumerable<PakEntry> entries, DateTimeOffset time)
    {
        using var archive = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in entries)
            Add(archive, entry, time);
    }

    private static void Add(ZipArchive archive, PakEntry entry, DateTimeOffset time)
    {
        var added = archive.CreateEntry(entry.Name, entry.Open is null ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
        added.LastWriteTime = time;
        added.ExternalAttributes = entry.Open is null ? DirectoryAttributes : FileAttributes;
        if (entry.Open is null)
            return;
        using var source = entry.Open();
        using var target = added.Open();
        source.CopyTo(target);
    }
}
