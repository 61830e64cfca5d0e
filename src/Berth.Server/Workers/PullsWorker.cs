using Berth.Registry.Manifests;
using Berth.Server.Diagnostics;

namespace Berth.Server.Workers;

/// <summary>Writes down every few seconds what was pulled, and once more when the server stops.</summary>
internal sealed class PullsWorker(ManifestPulls pulls, TimeProvider time, ILogger logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunOnceAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunOnceAsync(stoppingToken);
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pulls.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.PullsNotWritten(e);
        }
    }
}
