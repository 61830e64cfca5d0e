using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Berth.Bench.Content;
using Berth.Bench.Servers;

namespace Berth.Bench.Measuring;

/// <summary>Small answers are asked for by wrk: for all servers the same program with the same flags.</summary>
internal sealed partial class Wrk(int seconds)
{
    public const int Threads = 2;

    public async Task<Sample> GetAsync(RunningServer server, string path, int connections, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            $"-t{Math.Min(Threads, connections)}", $"-c{connections}", $"-d{seconds}s", "--latency", "--timeout", "60s",
            "-H", $"Accept: {Image.MediaType}", $"http://127.0.0.1:{server.Port}{path}",
        ];
        var before = server.CpuSeconds;
        var output = await RunAsync(arguments, cancellationToken);
        var cpu = server.CpuSeconds - before;
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new BenchException($"{server.Peer}: GET {path} failed: {output}");
        var count = Number(RequestCount().Match(output));
        if (count == 0)
            throw new BenchException($"{server.Peer}: nothing came of GET {path}");
        return new Sample(Number(Rate().Match(output)), Milliseconds(Percentile().Match(output)), cpu / count * 1e6);
    }

    private static async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        try
        {
            var output = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
            await wrk.WaitForExitAsync(cancellationToken);
            return wrk.ExitCode == 0 ? output : throw new BenchException($"wrk failed: {output}");
        }
        catch (OperationCanceledException)
        {
            wrk.Kill();
            throw;
        }
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static double Milliseconds(Match match) => Number(match) * match.Groups[2].Value switch
    {
        "us" => 0.001,
        "ms" => 1,
        _ => 1000,
    };

    [GeneratedRegex(@"Requests/sec: +([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex RequestCount();

    [GeneratedRegex(@"99% +([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile();
}
