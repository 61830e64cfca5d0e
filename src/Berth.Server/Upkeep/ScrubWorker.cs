using Berth.Server.Configuration;
using Berth.Server.Diagnostics;

namespace Berth.Server.Upkeep;

/// <summary>Makes a pass over all content whenever one is due, and goes on with one that a stop broke off.</summary>
internal sealed class ScrubWorker(ScrubRun scrub, ScrubOptions options, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>How often is asked whether one is due, for the first time when the server has been up for that long: a command may have made it.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Interval == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(options.Interval < Look ? options.Interval : Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunOnceAsync(stoppingToken);
    }

    /// <summary>A pass that failed is told; the next one is made in its time.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!scrub.IsDue(options.Interval))
                return;
            var pace = ScrubRun.PaceOf(options.MegabytesPerSecond, time);
            if (await scrub.RunAsync(whole: false, pace, cancellationToken) is { } report)
                log.Scrubbed(report.Checked, report.Corrupt + report.Missing, report.Healed, report.Orphans);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.ScrubFailed(e);
        }
    }
}
