using System.Buffers.Binary;

namespace Berth.Packaging.Project;

/// <summary>The icon of a pak: the platform takes a PNG of 256 by 256 alone.</summary>
internal static class PngIcon
{
    public const int Side = 256;

    /// <summary>Length and type of the first chunk, then width and height.</summary>
    private const int HeaderLength = 16;

    private const string HowTo = "'rsvg-convert -w 256 -h 256 icon.svg -o icon.png' makes one of it";

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Problem(ProjectFile icon)
    {
        ReadOnlySpan<byte> bytes = icon.Bytes;
        if (bytes.TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8))
            return $"is an SVG, which the platform refuses as the icon of a pak; a PNG of {Side}x{Side} is expected ({HowTo})";
        if (!bytes.StartsWith(Signature) || bytes.Length < Signature.Length + HeaderLength)
            return $"is no PNG, whatever its name says; a PNG of {Side}x{Side} is expected";
        var header = bytes.Slice(Signature.Length, HeaderLength);
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != 13 || !header[4..8].SequenceEqual("IHDR"u8))
            return $"is a damaged PNG: it does not begin with its size; a PNG of {Side}x{Side} is expected";
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header[8..]), BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        return (width, height) is (Side, Side) ? null : $"is a PNG of {width}x{height}; {Side}x{Side} is expected";
    }
}
