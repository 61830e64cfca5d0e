using Berth.Registry.Uploads;
using Berth.Server.Diagnostics;

namespace Berth.Server.Workers;

/// <summary>Ends upload sessions that their clients have given up, now and every hour.</summary>
internal sealed class UploadExpiryWorker(BlobUploads uploads, TimeSpan age, TimeProvider time, ILogger logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await RunOnceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A failed pass is told and costs nothing: the next one finds the same sessions.</summary>
    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await uploads.ExpireAsync(age, cancellationToken) is > 0 and var ended)
                logger.UploadsExpired(ended, age.TotalHours);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.UploadExpiryFailed(e);
        }
    }
}
