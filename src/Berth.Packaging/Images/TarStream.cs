using System.Text;

namespace Berth.Packaging.Images;

/// <summary>Reads a tar front to back without trusting it: what it makes us hold in memory is bounded (POSIX.1-2017, pax; GNU long names).</summary>
/// <remarks>The base class library's reader takes extended headers of any length into memory.</remarks>
internal sealed class TarStream(Stream tar) : IDisposable
{
    private const int BlockLength = 512;
    private const int LongestExtension = 64 * 1024;
    private const int MostEntries = 100_000;

    private readonly byte[] _header = new byte[BlockLength];
    private TarContent? _content;
    private int _entries;

    /// <summary>The content of the current entry; it ends with it.</summary>
    public Stream Content => _content ?? throw new InvalidOperationException("There is no current entry.");

    /// <returns>The next entry; null at the end.</returns>
    /// <exception cref="InvalidDataException">This is no tar, or not one that an engine would write.</exception>
    /// <exception cref="EndOfStreamException">It breaks off.</exception>
    public async Task<TarEntry?> NextAsync(CancellationToken cancellationToken)
    {
        string? name = null, link = null;
        long? size = null;
        while (true)
        {
            await SkipAsync(cancellationToken);
            await tar.ReadExactlyAsync(_header, cancellationToken);
            if (!_header.AsSpan().ContainsAnyExcept((byte)0))
            {
                // Some end with more than the two empty blocks; the sender wants to be rid of all.
                await tar.CopyToAsync(Stream.Null, cancellationToken);
                return null;
            }

            var header = TarHeader.Read(_header);
            if (++_entries > MostEntries)
                throw new InvalidDataException($"it has more than {MostEntries} entries");
            _content = new TarContent(tar, size ?? header.Size);
            switch (header.Type)
            {
                case 'x':
                    PaxRecords.Read(await ExtensionAsync(cancellationToken), ref name, ref link, ref size);
                    break;
                case 'L':
                    name = Text(await ExtensionAsync(cancellationToken));
                    break;
                case 'K':
                    link = Text(await ExtensionAsync(cancellationToken));
                    break;
                case 'g':
                    break;
                default:
                    return new TarEntry(name ?? header.Name, Kind(header.Type), link ?? header.LinkTarget, _content.Length);
            }
        }
    }

    public void Dispose() => _content?.Dispose();

    private async Task SkipAsync(CancellationToken cancellationToken)
    {
        if (_content is null)
            return;
        await _content.CopyToAsync(Stream.Null, cancellationToken);
        var padding = (int)((BlockLength - (_content.Length % BlockLength)) % BlockLength);
        await tar.ReadExactlyAsync(_header.AsMemory(0, padding), cancellationToken);
        _content = null;
    }

    private async Task<byte[]> ExtensionAsync(CancellationToken cancellationToken)
    {
        if (_content!.Length > LongestExtension)
            throw new InvalidDataException($"a header in it is longer than {LongestExtension} bytes");
        var bytes = new byte[_content.Length];
        await _content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0));

    private static TarEntryKind Kind(char type) => type switch
    {
        '\0' or '0' or '7' => TarEntryKind.File,
        '1' => TarEntryKind.HardLink,
        '2' => TarEntryKind.SymbolicLink,
        _ => TarEntryKind.Other,
    };
}
