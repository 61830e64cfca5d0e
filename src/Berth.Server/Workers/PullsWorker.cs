using Berth.Registry.Manifests;
using Berth.Server.Diagnostics;

namespace Berth.Server.Workers;

/// <summary>Writes down now and then what was pulled, and all of it when the server stops.</summary>
internal sealed class PullsWorker(ManifestPulls pulls, TimeProvider time, ILogger logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunOnceAsync(pulls.FlushAsync, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunOnceAsync(pulls.FlushClosedAsync, stoppingToken);
    }

    private async Task RunOnceAsync(Func<CancellationToken, ValueTask> flush, CancellationToken cancellationToken)
    {
        try
        {
            await flush(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.PullsNotWritten(e);
        }
    }
}
