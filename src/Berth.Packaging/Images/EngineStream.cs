using Berth.Packaging.Engine;

namespace Berth.Packaging.Images;

/// <summary>What an engine sends; a connection that breaks becomes an <see cref="EngineException"/>.</summary>
internal sealed class EngineStream(Stream inner, EngineEndpoint endpoint, string doing, Action<long> progress) : ForwardStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _read += count;
            progress(_read);
            return count;
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.Translate(endpoint, doing, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
