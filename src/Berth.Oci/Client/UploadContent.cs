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
    private readonly bool _isPart;
    private readonly Action<long>? _sent;
    private StallTimer? _timer;

    /// <param name="length">How much is sent, in bytes.</param>
    /// <param name="isPart">The stream may go on after that.</param>
    /// <param name="sent">Hears how many bytes have been sent, each time from 0 when it has to be sent again.</param>
    public UploadContent(Func<Stream> open, long length, string mediaType, bool isPart = false, Action<long>? sent = null)
    {
        _open = open;
        _length = length;
        _isPart = isPart;
        _sent = sent;
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
            long sent = 0;
            while (await source.ReadAsync(Next(piece, sent), cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                sent += count;
                _timer?.Restart();
                _sent?.Invoke(sent);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private Memory<byte> Next(byte[] piece, long sent) =>
        _isPart ? piece.AsMemory(0, (int)Math.Min(piece.Length, _length - sent)) : piece;

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
