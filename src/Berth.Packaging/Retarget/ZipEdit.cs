using System.IO.Compression;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Retarget;

/// <summary>Replaces the content of one entry of a zip; all others stay as they are, compressed bytes, attributes, times and order included.</summary>
internal static class ZipEdit
{
    /// <exception cref="PakException">There is no such entry, or more than one.</exception>
    public static byte[] Replace(ReadOnlySpan<byte> zip, string name, ReadOnlySpan<byte> content, string what)
    {
        var edited = new MemoryStream();
        edited.Write(zip);
        using (var archive = new ZipArchive(edited, ZipArchiveMode.Update, leaveOpen: true))
        {
            if (archive.Entries.Where(entry => entry.FullName == name).ToList() is not [var only])
                throw new PakException($"{what} has more than one {name}, so that nobody can tell which one counts");
            var time = only.LastWriteTime;
            using (var target = only.Open())
            {
                target.SetLength(0);
                target.Write(content);
            }

            only.LastWriteTime = time;
        }

        return edited.ToArray();
    }
}
