namespace Berth.Registry.Tests.Storage;

/// <summary>A sender whose connection breaks after it has sent <paramref name="content"/>.</summary>
internal sealed class BreakingStream(byte[] content) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw new EndOfStreamException();
    }
}
