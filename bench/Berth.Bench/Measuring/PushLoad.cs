using System.Diagnostics;
using Berth.Bench.Http;
using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>Pushes a fixed number of things with some clients at a time, each on a connection of its own.</summary>
internal static class PushLoad
{
    /// <returns>Things a second.</returns>
    public static async Task<Sample> RunAsync<T>(
        RunningServer server, string repository, int clients, IReadOnlyList<T> things, Func<Pusher, T, Task> push,
        CancellationToken cancellationToken)
    {
        await Login.ForAsync(server, repository, cancellationToken);
        var pushers = new List<Pusher>();
        try
        {
            for (var i = 0; i < Math.Min(clients, things.Count); i++)
                pushers.Add(await Pusher.OpenAsync(server, repository, cancellationToken));
            var milliseconds = new double[things.Count];
            var next = -1;
            var (before, began) = (server.CpuSeconds, Stopwatch.GetTimestamp());
            await Task.WhenAll(pushers.Select(pusher => Task.Run(
                async () =>
                {
                    for (int i; (i = Interlocked.Increment(ref next)) < things.Count;)
                    {
                        var start = Stopwatch.GetTimestamp();
                        await push(pusher, things[i]);
                        milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    }
                },
                cancellationToken)));
            var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var cpu = (server.CpuSeconds - before) / things.Count * 1e6;
            return new Sample(things.Count / elapsed, Statistics.Percentile99(milliseconds), cpu);
        }
        finally
        {
            foreach (var pusher in pushers)
                pusher.Dispose();
        }
    }
}
