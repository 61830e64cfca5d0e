using System.Text;

namespace Berth.Torture.PowerLoss;

/// <summary>One call that changed something below the directory, as record.c writes it.</summary>
/// <param name="Position">Where it begins in the record.</param>
/// <param name="Id">Of the open file.</param>
/// <param name="Number">An offset, a length, flags, or the length that the record had when a sync began.</param>
internal sealed record RecordEntry(long Position, RecordKind Kind, uint Id, long Number, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>All whole entries. The last one may be cut off, when the process was killed.</summary>
    public static IEnumerable<RecordEntry> Read(string file)
    {
        const int Head = 17;
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(file), 1 << 20));
        var length = reader.BaseStream.Length;
        for (long position = 0; position + Head <= length;)
        {
            var kind = (RecordKind)reader.ReadByte();
            var id = reader.ReadUInt32();
            var number = reader.ReadInt64();
            var count = reader.ReadInt32();
            if (position + Head + count > length)
                yield break;
            yield return new RecordEntry(position, kind, id, number, reader.ReadBytes(count));
            position += Head + count;
        }
    }
}
