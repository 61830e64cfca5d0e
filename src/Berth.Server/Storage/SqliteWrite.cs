namespace Berth.Server.Storage;

/// <summary>Something to be written, and whoever waits until it is durable.</summary>
internal abstract class SqliteWrite
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    private int _state;

    /// <summary>Whether it is to be done: not when its caller has gone away before its turn.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>What <see cref="Run"/> had as its result is durable now.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception exception);

    /// <summary>Within a transaction, whose end decides whether it happened. May be asked for again after a rollback.</summary>
    public abstract void Run(SqliteSession session);

    protected bool TryAbandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;
}

/// <inheritdoc/>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Succeed() => _durable.TrySetResult(_result!);

    public override void Fail(Exception exception) => _durable.TrySetException(exception);

    /// <summary>Cancelling takes it back while it waits; what has begun is waited for.</summary>
    public async ValueTask<T> WaitAsync(CancellationToken cancellationToken)
    {
        await using var _ = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (TryAbandon())
                    _durable.TrySetCanceled(token);
            },
            null);
        return await _durable.Task;
    }
}
