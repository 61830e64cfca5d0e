using System.Globalization;
using System.Text;

namespace Berth.Oci.Bundles;

/// <summary>A file of a bundle, as tar has it (POSIX.1-2024, pax, "ustar Interchange Format").</summary>
/// <remarks>
/// Nothing but name and size differs between two of them, so a reader that knows both knows every byte, and needs no parser that a
/// stranger's archive could deceive.
/// </remarks>
internal sealed record TarEntry(string Name, long Size)
{
    public const int Block = 512;

    private const int LongestName = 100;
    private const int SizeOffset = 124;
    private const long LargestSize = 0x1_FFFF_FFFF; // eleven octal digits

    /// <summary>The end of an archive.</summary>
    public static ReadOnlyMemory<byte> End { get; } = new byte[2 * Block];

    /// <summary>How many zeros follow the content.</summary>
    public int Padding => (int)(-Size & (Block - 1));

    /// <summary>Everything before the content. What a plain header has no room for goes into an extended one before it.</summary>
    public byte[] ToHeader()
    {
        var records = new StringBuilder();
        if (Name.Length > LongestName)
            records.Append(Record("path", Name));
        if (Size > LargestSize)
            records.Append(Record("size", Size.ToString(CultureInfo.InvariantCulture)));
        var name = Name.Length > LongestName ? Name[..LongestName] : Name;
        var plain = Header(name, Size > LargestSize ? 0 : Size, '0');
        if (records.Length == 0)
            return plain;
        var extended = Encoding.ASCII.GetBytes(records.ToString());
        var entry = new TarEntry("extended", extended.Length);
        return [.. Header(entry.Name, entry.Size, 'x'), .. extended, .. new byte[entry.Padding], .. plain];
    }

    /// <summary>The size in a plain header whose name is known; null when it is the header of something else.</summary>
    public static long? ReadSize(ReadOnlySpan<byte> header, string name)
    {
        long size = 0;
        foreach (var digit in header.Slice(SizeOffset, 11))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            size = (size * 8) + (digit - '0');
        }

        return header.SequenceEqual(new TarEntry(name, size).ToHeader()) ? size : null;
    }

    private static byte[] Header(string name, long size, char type)
    {
        var header = new byte[Block];
        Put(header, 0, name);
        Put(header, 100, "0000644\0" + "0000000\0" + "0000000\0"); // mode, user, group
        Put(header, SizeOffset, Convert.ToString(size, 8).PadLeft(11, '0') + '\0');
        Put(header, 136, "00000000000\0"); // no time: the same content gives the same bytes
        Put(header, 148, "        "); // the checksum counts itself as blanks
        Put(header, 156, $"{type}");
        Put(header, 257, "ustar\0" + "00");
        var sum = header.Sum(value => value);
        Put(header, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
        return header;
    }

    /// <summary>A record begins with its own length, which counts itself.</summary>
    private static string Record(string key, string value)
    {
        var rest = key.Length + value.Length + 3;
        var length = rest + rest.ToString(CultureInfo.InvariantCulture).Length;
        if (length.ToString(CultureInfo.InvariantCulture).Length != rest.ToString(CultureInfo.InvariantCulture).Length)
            length++;
        return string.Create(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private static void Put(byte[] header, int offset, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(offset));
}
