using System.Buffers.Binary;
using System.Text;

namespace Berth.Packaging.Images;

/// <summary>One header block of a tar (POSIX.1-2017, pax, "ustar Interchange Format").</summary>
internal readonly record struct TarHeader(string Name, char Type, string LinkTarget, long Size)
{
    private const int SumAt = 148;
    private const int SumLength = 8;

    /// <exception cref="InvalidDataException">The block is no header.</exception>
    public static TarHeader Read(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(SumAt, SumLength)) != Sum(block))
            throw new InvalidDataException("what it holds is no tar");
        var name = Text(block[..100]);
        var isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var prefix = isUstar ? Text(block.Slice(345, 155)) : "";
        return new TarHeader(
            prefix.Length == 0 ? name : $"{prefix}/{name}", (char)block[156], Text(block.Slice(157, 100)), Number(block.Slice(124, 12)));
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = SumLength * ' ';
        for (var i = 0; i < block.Length; i++)
            sum += i is >= SumAt and < SumAt + SumLength ? 0 : block[i];
        return sum;
    }

    /// <summary>Octal digits; or, for what is longer, GNU's big-endian number after a byte 0x80.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field[^8..]) is >= 0 and var big ? big : throw Malformed();
        long value = 0;
        foreach (var c in field.Trim((byte)' ').TrimEnd((byte)0).Trim((byte)' '))
            value = c is >= (byte)'0' and <= (byte)'7' ? (value * 8) + (c - '0') : throw Malformed();
        return value;
    }

    private static InvalidDataException Malformed() => new("a number in one of its headers is none");

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
