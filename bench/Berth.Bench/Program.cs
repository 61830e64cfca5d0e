using Berth.Bench;
using Berth.Bench.Report;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

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
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
