using System.Text;
using Docker.DotNet;

namespace Berth.Packaging.Engine;

/// <summary>Reads the end of a container's log, and not more of it than is wanted.</summary>
internal static class LogTail
{
    private const int LongestLine = 500;

    public static async Task<IReadOnlyList<string>> ReadAsync(
        MultiplexedStream log, int lines, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[limit];
        var filled = 0;
        while (true)
        {
            if (filled == limit)
            {
                // The end counts: the older half makes room.
                buffer.AsSpan(limit / 2).CopyTo(buffer);
                filled = limit - (limit / 2);
            }

            var read = await log.ReadOutputAsync(buffer, filled, limit - filled, cancellationToken);
            if (read.EOF)
                break;
            filled += read.Count;
        }

        return [.. Encoding.UTF8.GetString(buffer, 0, filled)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => OneLine.Of(line, LongestLine))
            .TakeLast(lines)];
    }
}
