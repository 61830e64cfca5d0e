using System.Net;

namespace Berth.Chain.Tests.Registry;

/// <summary>A request's body that tells how many bytes of it were handed to the connection, piece by piece.</summary>
internal sealed class CountedContent(ReadOnlyMemory<byte> bytes, Action<int> sent) : HttpContent
{
    private const int Piece = 16 * 1024;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var offset = 0; offset < bytes.Length; offset += Piece)
        {
            var piece = bytes.Slice(offset, Math.Min(Piece, bytes.Length - offset));
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
            sent(piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
