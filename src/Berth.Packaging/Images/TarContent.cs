namespace Berth.Packaging.Images;

/// <summary>A stretch of a stream, which ends where the entry ends.</summary>
internal sealed class TarContent(Stream tar, long length) : ForwardStream
{
    private long _left = length;

    public override long Length { get; } = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.IsEmpty)
            return 0;
        var count = await tar.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (count == 0)
            throw new EndOfStreamException("it breaks off in the middle");
        _left -= count;
        return count;
    }
}
