using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Berth.Oci.Client;

/// <summary>Streams content of known length from a stream that is opened when it is needed; each piece restarts the stall timer.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int PieceLength = 128 * 1024;

    private readonly Func<Stream> _open;
    private readonly long _length;
    private StallTimer? _timer;

    public UploadContent(Func<Stream> open, long length, string mediaType)
    {
        _open = open;
        _length = length;
        Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
    }

    public void ReportTo(StallTimer timer) => _timer = timer;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            await using var source = _open();
            while (await source.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                _timer?.Restart();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
