using Berth.Torture.Http;

namespace Berth.Torture.Kills;

/// <summary>When a server is killed: after so many bytes sent to it, so many answers, or so many milliseconds, whichever comes first.</summary>
internal sealed class KillMoment(long bytes, long answers, TimeSpan time) : ITraffic
{
    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytes = bytes;
    private long _answers = answers;

    public static KillMoment Choose(Random random) => random.Next(8) switch
    {
        < 3 => new(random.Next(1_500_000), long.MaxValue, TimeSpan.FromSeconds(5)),
        < 6 => new(long.MaxValue, random.Next(150), TimeSpan.FromSeconds(5)),
        < 7 => new(long.MaxValue, long.MaxValue, TimeSpan.FromMilliseconds(random.Next(250))),
        // Long enough for what the server does once a second.
        _ => new(long.MaxValue, long.MaxValue, TimeSpan.FromMilliseconds(900 + random.Next(300))),
    };

    public void Sent(int bytes) => Subtract(ref _bytes, bytes);

    public void Answered() => Subtract(ref _answers, 1);

    public async Task WaitAsync(CancellationToken cancelled)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        await Task.WhenAny(_come.Task, Task.Delay(time, TimeProvider.System, ended.Token));
        await ended.CancelAsync();
    }

    private void Subtract(ref long left, int amount)
    {
        if (Interlocked.Add(ref left, -amount) < 0)
            _come.TrySetResult();
    }
}
