using System.Net.Sockets;
using System.Runtime.InteropServices;
using Berth.Bench;
using Berth.Bench.Collecting;
using Berth.Bench.Report;

using var interrupted = new CancellationTokenSource();
using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

try
{
    var (report, document, script) = args is ["collect"] ? await CollectAsync(interrupted.Token) : await CompareAsync(interrupted.Token);
    Console.WriteLine(report);
    if (document is not null)
        MarkedDocument.Replace(document, script, report);
    return 0;
}
catch (Exception e) when (e is BenchException or IOException or SocketException or HttpRequestException)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

static async Task<(string Report, string? Document, string Script)> CompareAsync(CancellationToken cancellationToken)
{
    var options = BenchOptions.FromEnvironment();
    var run = new BenchRun(options);
    await run.RunAsync(cancellationToken);
    return (BenchReport.Make(options, run), options.Document, "bench.sh");
}

static async Task<(string Report, string? Document, string Script)> CollectAsync(CancellationToken cancellationToken)
{
    var options = CollectOptions.FromEnvironment();
    var phases = await new CollectRun(options).RunAsync(cancellationToken);
    return (CollectReport.Make(options, phases), options.Document, "bench/collect.sh");
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true; // the servers are ended first
    interrupted.Cancel();
}
