using Berth.Server.Diagnostics;

namespace Berth.Server.Api;

/// <summary>Sends content from the store, read straight into the response's own buffers.</summary>
internal static class BlobBody
{
    /// <summary>In bytes. Large enough that the cost of a read and a flush does not show, small enough for thousands of readers.</summary>
    private const int ReadSize = 256 * 1024;

    public static async Task SendAsync(Stream content, long length, HttpContext http)
    {
        // Before the headers are out, the server hands out a buffer of its own and copies.
        await http.Response.StartAsync(http.RequestAborted);
        var body = http.Response.BodyWriter;
        for (var left = length; left > 0;)
        {
            var wanted = (int)Math.Min(left, ReadSize);
            var read = await content.ReadAsync(body.GetMemory(wanted)[..wanted], http.RequestAborted);
            if (read == 0)
                throw new InvalidDataException("The stored content is shorter than its record says.");
            body.Advance(read);
            left -= read;
            if ((await body.FlushAsync(http.RequestAborted)).IsCompleted)
                return;
            http.Facts().BytesSent += read;
        }
    }
}
