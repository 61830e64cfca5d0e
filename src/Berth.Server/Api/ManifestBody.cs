using Berth.Oci;

namespace Berth.Server.Api;

/// <summary>Reads a manifest, which is the only content that is held in memory, and therefore bounded.</summary>
internal static class ManifestBody
{
    private const int FirstBuffer = 16 * 1024;

    /// <exception cref="OciException"><see cref="OciError.ManifestTooLarge"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Manifest.MaxBytes)
            throw new OciException(OciError.ManifestTooLarge);
        var buffer = new byte[(http.Request.ContentLength ?? FirstBuffer) + 1];
        var length = 0;
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted);
            length += read;
            if (length > Manifest.MaxBytes)
                throw new OciException(OciError.ManifestTooLarge);
            if (read == 0)
                return buffer.AsMemory(0, length);
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, Manifest.MaxBytes + 1));
        }
    }
}
