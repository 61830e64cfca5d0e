using System.Diagnostics;
using Berth.Bench.Http;
using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>HEAD requests. Not by wrk, which waits for the body that the answer's length announces.</summary>
internal sealed class HeadLoad(int seconds)
{
    public async Task<Sample> RunAsync(RunningServer server, string path, int connections, CancellationToken cancellationToken)
    {
        var open = new List<RawConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
                open.Add(await RawConnection.OpenAsync(server.Port, cancellationToken));
            var (before, began) = (server.CpuSeconds, Stopwatch.GetTimestamp());
            var until = began + (seconds * Stopwatch.Frequency);
            var each = await Task.WhenAll(open.Select(connection =>
                Task.Run(() => AskAsync(server, connection, path, until, cancellationToken), cancellationToken)));
            var milliseconds = each.SelectMany(list => list).ToArray();
            var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var cpu = (server.CpuSeconds - before) / milliseconds.Length * 1e6;
            return new Sample(milliseconds.Length / elapsed, Statistics.Percentile99(milliseconds), cpu);
        }
        finally
        {
            foreach (var connection in open)
                connection.Dispose();
        }
    }

    private static async Task<List<double>> AskAsync(
        RunningServer server, RawConnection connection, string path, long until, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>();
        for (long start; (start = Stopwatch.GetTimestamp()) < until;)
        {
            var response = await connection.SendAsync("HEAD", path, "", default, default, cancellationToken);
            if (response.Status != 200)
                throw new BenchException($"{server.Peer}: HEAD {path} was answered with {response.Status}");
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return milliseconds;
    }
}
