using System.Formats.Tar;

namespace Berth.Packaging.Engine;

/// <summary>The tar that carries files into a container.</summary>
/// <remarks>
/// Only files, no directories: an entry for a directory that the image has would overwrite its owner and mode. The engine makes those that
/// are missing, so this works in an image made from scratch as well.
/// </remarks>
internal static class ContainerArchive
{
    public static async Task<MemoryStream> CreateAsync(
        IEnumerable<ContainerFile> files, TimeProvider time, CancellationToken cancellationToken)
    {
        var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var content = new MemoryStream(file.Content.ToArray(), writable: false);
                var entry = new UstarTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/'))
                {
                    Mode = file.Mode,
                    ModificationTime = time.GetUtcNow(),
                    DataStream = content,
                };
                await writer.WriteEntryAsync(entry, cancellationToken);
            }
        }

        archive.Position = 0;
        return archive;
    }
}
