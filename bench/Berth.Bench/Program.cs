using System.Net.Sockets;
using System.Runtime.InteropServices;
using Berth.Bench;
using Berth.Bench.Report;

using var interrupted = new CancellationTokenSource();
using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

try
{
    var options = BenchOptions.FromEnvironment();
    var run = new BenchRun(options);
    await run.RunAsync(interrupted.Token);
    var report = BenchReport.Make(options, run);
    Console.WriteLine(report);
    if (options.Document is { } document)
        MarkedDocument.Replace(document, report);
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

void End(PosixSignalContext signal)
{
    signal.Cancel = true; // the servers are ended first
    interrupted.Cancel();
}
