using Berth.Oci;

namespace Berth.Registry.Uploads;

/// <summary>Bytes that a client sends into an upload, with what it announced about them.</summary>
/// <param name="Range">Where they belong; null when the client streams to the end without saying.</param>
/// <param name="Length">How many they are, in bytes; null when the client does not know.</param>
public sealed record UploadChunk(Stream Content, ChunkRange? Range, long? Length)
{
    /// <exception cref="OciException">The chunk does not fit an upload that stands at <paramref name="offset"/>.</exception>
    internal void RequireStart(long offset)
    {
        if (Range is not { } range)
            return;
        if (Length is { } length && length != range.Length)
            throw new OciException(OciError.SizeInvalid, $"Content-Range says {range.Length} bytes and Content-Length says {length}");
        if (range.First != offset)
            throw new OciException(OciError.BlobUploadOutOfOrder, $"the upload has {offset} bytes, the chunk starts at {range.First}");
    }

    /// <exception cref="OciException">Not as many bytes arrived as the range announced.</exception>
    internal void RequireReceived(long received)
    {
        if (Range is { } range && received != range.Length)
            throw new OciException(OciError.SizeInvalid, $"Content-Range says {range.Length} bytes and {received} arrived");
    }
}
