namespace Berth.Packaging.Images;

/// <summary>A stream of which the beginning was looked at.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private const int Longest = 4;

    private readonly Stream _rest;
    private ReadOnlyMemory<byte> _left;

    private PeekedStream(ReadOnlyMemory<byte> start, Stream rest)
    {
        Start = _left = start;
        _rest = rest;
    }

    /// <summary>Up to four bytes.</summary>
    public ReadOnlyMemory<byte> Start { get; }

    public static async Task<PeekedStream> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = new byte[Longest];
        var count = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return new PeekedStream(start.AsMemory(0, count), stream);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left.IsEmpty)
            return _rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return ValueTask.FromResult(count);
    }
}
