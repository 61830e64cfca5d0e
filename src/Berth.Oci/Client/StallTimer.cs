namespace Berth.Oci.Client;

/// <summary>Cancels its token when nothing happened for a while; each sign of life starts it again.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;

    public StallTimer(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _stalled = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public bool Stalled => _stalled.IsCancellationRequested;

    public void Restart() => _stalled.CancelAfter(_timeout);

    public void Dispose()
    {
        _either.Dispose();
        _stalled.Dispose();
    }
}
