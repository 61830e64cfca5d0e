namespace Berth.Registry.Upkeep;

/// <summary>Spreads reading over time. One reader at a time.</summary>
/// <param name="bytesPerSecond">Zero for no limit.</param>
public sealed class ReadPace(long bytesPerSecond, TimeProvider time)
{
    /// <summary>Shorter waits are added up: a timer is not that exact.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    private long _next = long.MinValue; // timestamp at which the next bytes may be read

    public static ReadPace Unlimited { get; } = new(0, TimeProvider.System);

    /// <summary>Waits for as long as reading <paramref name="bytes"/> may take, counted from when the reading before was to end.</summary>
    public ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytesPerSecond == 0)
            return ValueTask.CompletedTask;
        var now = time.GetTimestamp();
        _next = Math.Max(_next, now) + (long)((double)bytes / bytesPerSecond * time.TimestampFrequency);
        var wait = time.GetElapsedTime(now, _next);
        return wait < ShortestWait ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, time, cancellationToken));
    }
}
