using System.Buffers.Text;
using System.Text;

namespace Berth.Bench.Http;

/// <summary>The few headers of an answer that the load generator looks at.</summary>
internal static class ResponseHead
{
    /// <param name="head">Status line and headers, each with its line end.</param>
    public static RawResponse Parse(ReadOnlySpan<byte> head, out long bodyLength)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..12], out int status, out _))
            throw new BenchException("an answer is not HTTP/1.1");
        bodyLength = status is 204 or 304 ? 0 : -1;
        string? location = null;
        for (var lines = head[(head.IndexOf("\r\n"u8) + 2)..]; !lines.IsEmpty;)
        {
            var end = lines.IndexOf("\r\n"u8);
            var line = lines[..end];
            lines = lines[(end + 2)..];
            if (Value(line, "content-length:"u8) is { IsEmpty: false } text && Utf8Parser.TryParse(text, out long number, out _))
                bodyLength = number;
            else if (Value(line, "location:"u8) is { IsEmpty: false } address)
                location = Encoding.ASCII.GetString(address);
        }

        // Enough for what is asked here; a body of unknown length would have to be read by another program.
        bodyLength = Math.Max(bodyLength, 0);
        return new RawResponse(status, location);
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : default;
}
