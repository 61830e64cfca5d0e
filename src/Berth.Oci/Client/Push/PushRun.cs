namespace Berth.Oci.Client.Push;

/// <summary>What all uploads of a push share.</summary>
internal sealed class PushRun(PushLimits limits, TimeProvider time, IBlobPushObserver observer)
{
    private volatile bool _chunks = true;

    public PushLimits Limits { get; } = limits;

    public IBlobPushObserver Observer { get; } = observer;

    /// <summary>Whether this registry takes chunks, as far as is known.</summary>
    public bool Chunks
    {
        get => _chunks;
        set => _chunks = value;
    }

    public RetryBudget Budget(string what) => new(what, Limits, time, Observer);
}
