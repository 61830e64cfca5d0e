using System.Net;

namespace Berth.Torture.Http;

/// <summary>A request's body that tells how many bytes of it were handed to the connection.</summary>
/// <param name="announced">Whether its length is sent ahead; otherwise it goes in chunks of HTTP's own.</param>
internal sealed class CountedContent(ReadOnlyMemory<byte> bytes, bool announced, Action<int> sent) : HttpContent
{
    private const int Piece = 16 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var offset = 0; offset < bytes.Length; offset += Piece)
        {
            var piece = bytes.Slice(offset, Math.Min(Piece, bytes.Length - offset));
            await stream.WriteAsync(piece, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            sent(piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return announced;
    }
}
