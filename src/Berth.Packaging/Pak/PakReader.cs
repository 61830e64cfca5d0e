using System.IO.Compression;
using Berth.Oci;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Pak;

/// <summary>Reads what an installer needs from a pak: the <c>.conf</c> at the root of its adapter.zip. Nothing is written to disk.</summary>
/// <remarks>
/// Everything is bounded before it is read, by bytes that really come out and not by what the archive says of itself: a real pak has
/// some hundred kilobytes and some hundred entries.
/// </remarks>
public static class PakReader
{
    public const string AdapterArchive = "adapter.zip";

    internal const long MaxPakBytes = 64 * 1024 * 1024;
    internal const int MaxAdapterBytes = 32 * 1024 * 1024;
    internal const int MaxConfBytes = 64 * 1024;
    internal const int MaxEntries = 10_000;

    /// <exception cref="PakException">The file cannot be read, is no pak, or its .conf is not valid.</exception>
    public static async Task<ConfFile> ReadConfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = OpenFile(path);
        using var adapter = await ReadAdapterAsync(file, path, cancellationToken);
        await using var archive = await OpenArchiveAsync(adapter, $"{path}: {AdapterArchive} in it", cancellationToken);
        var entry = FindConf(archive, path);
        var what = $"{path}: {Quote.Short(entry.Name)} in {AdapterArchive}";
        using var conf = await ReadEntryAsync(entry, MaxConfBytes, what, cancellationToken);
        if (!ConfFile.TryParse(conf.GetBuffer().AsSpan(0, (int)conf.Length), out var parsed, out var problem))
            throw new PakException($"{what}: {problem}");
        return parsed;
    }

    internal static FileStream OpenFile(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous);
            if (file.Length <= MaxPakBytes)
                return file;
            file.Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PakException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PakException($"{path}: cannot be read: {e.Message}", e);
        }

        throw new PakException($"{path}: is larger than {MaxPakBytes >> 20} MiB and is no management pack (its image is not inside it)");
    }

    internal static async Task<MemoryStream> ReadAdapterAsync(FileStream file, string path, CancellationToken cancellationToken)
    {
        await using var pak = await OpenArchiveAsync(file, path, cancellationToken);
        var entry = pak.GetEntry(AdapterArchive)
            ?? throw new PakException($"{path}: has no {AdapterArchive} at its root, so it is no management pack with an adapter");
        return await ReadEntryAsync(entry, MaxAdapterBytes, $"{path}: {AdapterArchive} in it", cancellationToken);
    }

    internal static async Task<ZipArchive> OpenArchiveAsync(Stream stream, string what, CancellationToken cancellationToken)
    {
        ZipArchive archive;
        try
        {
            archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            if (archive.Entries.Count <= MaxEntries)
                return archive;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new PakException($"{what} is not a zip archive, or a damaged one; copy it again", e);
        }

        await archive.DisposeAsync();
        throw new PakException($"{what} has more than {MaxEntries} entries");
    }

    private static ZipArchiveEntry FindConf(ZipArchive adapter, string path)
    {
        var found = adapter.Entries
            .Where(entry => !entry.FullName.Contains('/') && entry.Name.EndsWith(".conf", StringComparison.Ordinal))
            .ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new PakException($"{path}: {AdapterArchive} has no .conf at its root, so the pak does not say which image it needs"),
            _ => throw new PakException(
                $"{path}: {AdapterArchive} has {found.Count} .conf files at its root, where one is expected: {Quote.Short(found[0].Name)}, …"),
        };
    }

    internal static async Task<MemoryStream> ReadEntryAsync(ZipArchiveEntry entry, int limit, string what, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            await using var source = await entry.OpenAsync(cancellationToken);
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (content.Length + read > limit)
                    throw new PakException($"{what} has more than {limit / 1024} KiB");
                content.Write(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new PakException($"{what} is damaged; copy the pak again", e);
        }

        content.Position = 0;
        return content;
    }
}
