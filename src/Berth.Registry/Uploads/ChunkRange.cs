using System.Globalization;

namespace Berth.Registry.Uploads;

/// <summary>Where a chunk belongs in the blob: first and last byte, both inclusive.</summary>
/// <remarks>
/// OCI distribution specification 1.1, "Pushing a blob in chunks": the Content-Range of a chunk is <c>first-last</c>, without the unit and
/// the total that HTTP's own header of that name has.
/// </remarks>
public readonly record struct ChunkRange(long First, long Last)
{
    public long Length => Last - First + 1;

    public static bool TryParse(ReadOnlySpan<char> text, out ChunkRange range)
    {
        range = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || !TryParseOffset(text[..dash], out var first) || !TryParseOffset(text[(dash + 1)..], out var last))
            return false;
        range = new ChunkRange(first, last);
        return first <= last && last < long.MaxValue;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out long offset) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset);
}
