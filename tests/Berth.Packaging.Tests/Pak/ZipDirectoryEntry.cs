using System.Buffers.Binary;
using System.Text;

namespace Berth.Packaging.Tests.Pak;

/// <summary>The central directory of a zip as it stands in the file, read without the library that wrote it.</summary>
internal sealed record ZipDirectoryEntry(string Name, int MadeBy, int NeededVersion, int Flags, int Method, uint DosTime, uint Attributes)
{
    public static IReadOnlyList<ZipDirectoryEntry> Read(byte[] zip)
    {
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10));
        var at = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16));
        var entries = new List<ZipDirectoryEntry>();
        for (var i = 0; i < count; i++)
        {
            var header = zip.AsSpan(at);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            entries.Add(new ZipDirectoryEntry(
                Encoding.UTF8.GetString(header.Slice(46, nameLength)),
                header[5],
                BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[12..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[38..])));
            at += 46 + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }

        return entries;
    }
}
