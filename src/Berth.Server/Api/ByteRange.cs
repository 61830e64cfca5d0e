using System.Globalization;
using Berth.Oci;

namespace Berth.Server.Api;

/// <summary>The part of a blob that a Range header asks for, cut to what is there.</summary>
/// <remarks>
/// RFC 9110, section 14. Parsed here because the framework's parser refuses a range that ends before it starts and then serves everything,
/// where the distribution specification wants 416. One range is served; a list of them, or another unit, is ignored as the RFC allows.
/// </remarks>
internal readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <returns>Null when everything is to be sent.</returns>
    /// <exception cref="OciException"><see cref="OciError.RangeInvalid"/>: nothing of the range is there.</exception>
    public static ByteRange? Parse(ReadOnlySpan<char> header, long size)
    {
        const string unit = "bytes=";
        if (!header.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            return null;
        var range = header[unit.Length..].Trim();
        var dash = range.IndexOf('-');
        if (dash < 0)
            return null;
        var first = range[..dash];
        var last = range[(dash + 1)..];
        if (first.IsEmpty)
            return TryParse(last, out var count) ? Suffix(count, size) : null;
        if (!TryParse(first, out var from))
            return null;
        if (last.IsEmpty)
            return Cut(from, long.MaxValue, size);
        return TryParse(last, out var to) ? Cut(from, to, size) : null;
    }

    private static ByteRange Suffix(long count, long size) =>
        count > 0 && size > 0 ? new ByteRange(Math.Max(0, size - count), size - 1) : throw NotThere(size);

    private static ByteRange Cut(long from, long to, long size) =>
        from <= to && from < size ? new ByteRange(from, Math.Min(to, size - 1)) : throw NotThere(size);

    private static OciException NotThere(long size) => new(OciError.RangeInvalid, $"the content has {size} bytes");

    /// <summary>More digits than a number can hold mean a position beyond any content.</summary>
    private static bool TryParse(ReadOnlySpan<char> digits, out long value)
    {
        value = long.MaxValue;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9')
            && (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) || (value = long.MaxValue) > 0);
    }
}
