using Berth.Torture.Checks;

namespace Berth.Torture.Soak;

/// <summary>Counts the collections that a running server finishes.</summary>
internal sealed class CollectionCounter(StoreCheck store)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private long _last;

    public int Collections { get; private set; }

    public async Task RunAsync(CancellationToken enough)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
                Look();
        }
        catch (OperationCanceledException)
        {
            Look();
        }
    }

    private void Look()
    {
        var last = store.ReadCollected().LastCollection;
        if (last > _last)
            Collections++;
        _last = Math.Max(last, _last); // none is finished while one is under way
    }
}
