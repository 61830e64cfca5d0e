using Berth.Registry.Manifests;
using Berth.Server.Collection;
using Berth.Server.Diagnostics;

namespace Berth.Server.Workers;

/// <summary>Collects now and then. Requests go on meanwhile.</summary>
internal sealed class CollectionWorker(
    StoreCollection collection, ManifestPulls pulls, TimeSpan interval, RegistryMetrics metrics, TimeProvider time, ILogger logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (interval == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunOnceAsync(stoppingToken);
    }

    /// <summary>A failed collection is told and costs nothing: the next one finds the same.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var sum = new CollectionSum();
        try
        {
            await pulls.FlushAsync(cancellationToken); // what was pulled a moment ago stays
            await foreach (var removal in collection.RunAsync(cancellationToken))
                sum.Add(removal);
        }
        catch (CollectionBusyException)
        {
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.CollectionFailed(e);
        }

        metrics.Collected(sum.Trashed + sum.Purged, sum.PurgedBytes);
        if (sum.Trashed + sum.Purged > 0)
            logger.Collected(sum.Trashed, sum.Purged, sum.PurgedBytes);
    }
}
