using System.Buffers.Text;
using System.Text;

namespace Berth.Packaging.Images;

/// <summary>The records of an extended header: <c>LENGTH KEY=VALUE\n</c>, of which three matter here.</summary>
internal static class PaxRecords
{
    /// <exception cref="InvalidDataException">They are malformed.</exception>
    public static void Read(ReadOnlySpan<byte> records, ref string? path, ref string? linkPath, ref long? size)
    {
        while (!records.IsEmpty)
        {
            if (!Utf8Parser.TryParse(records, out int length, out var digits) || length <= digits + 1 || length > records.Length)
                throw Malformed();
            var record = records[(digits + 1)..length].TrimEnd((byte)'\n');
            records = records[length..];
            var equals = record.IndexOf((byte)'=');
            if (equals < 0)
                throw Malformed();
            var value = record[(equals + 1)..];
            if (record[..equals].SequenceEqual("path"u8))
                path = Encoding.UTF8.GetString(value);
            else if (record[..equals].SequenceEqual("linkpath"u8))
                linkPath = Encoding.UTF8.GetString(value);
            else if (record[..equals].SequenceEqual("size"u8))
                size = Utf8Parser.TryParse(value, out long given, out var read) && read == value.Length && given >= 0 ? given : throw Malformed();
        }
    }

    private static InvalidDataException Malformed() => new("an extended header in it is malformed");
}
