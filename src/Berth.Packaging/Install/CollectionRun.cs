using Berth.Packaging.Adapter;

namespace Berth.Packaging.Install;

/// <summary>The container of an adapter instance: asked to collect every interval, and made anew when it has ended.</summary>
internal sealed class CollectionRun(InstallOptions options, StageRunner stages, AdapterContainers containers, Collector collector, IInstallObserver observer, TimeProvider time)
{
    private readonly AdapterSession _session = new(stages);
    private readonly List<CollectionReport> _reports = [];
    private RunningAdapter? _adapter;

    /// <returns>The container's name, and what was collected.</returns>
    /// <exception cref="InstallException">The only collection failed, or the container cannot be started.</exception>
    public async Task<(string Container, IReadOnlyList<CollectionReport> Reports)> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CollectAllAsync(cancellationToken);
        }
        catch (Exception e) when (_adapter is not null && !IsWantedEnd(e, cancellationToken))
        {
            _adapter.Container.Keep = options.Keep;
            await _session.EndQuietlyAsync(_adapter);
            throw;
        }
        catch (OperationCanceledException) when (_adapter is not null)
        {
            // Stopping is how a run without an end ends.
        }

        _adapter!.Container.Keep = options.Keep;
        await _session.EndAsync(_adapter);
        return (_adapter.Container.Name, _reports);
    }

    private bool IsWantedEnd(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException && cancellationToken.IsCancellationRequested && options.Collections == 0 && _reports.Count > 0;

    private async Task CollectAllAsync(CancellationToken cancellationToken)
    {
        for (var number = 1; options.Collections == 0 || number <= options.Collections; number++)
        {
            var began = time.GetTimestamp();
            var restarted = await EnsureRunningAsync(cancellationToken);
            _reports.Add(await CollectAsync(number, cancellationToken) with { Restarted = restarted });
            var rest = options.Interval - time.GetElapsedTime(began);
            if (number != options.Collections && rest > TimeSpan.Zero)
                await Task.Delay(rest, time, cancellationToken);
        }
    }

    /// <returns>Whether there was one that had ended.</returns>
    private async Task<bool> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        var ended = false;
        if (_adapter is { } last)
        {
            var state = await last.Container.FindStateAsync(cancellationToken);
            if (state is { Running: true })
                return false;
            ended = true;
            observer.Noted($"{ContainerReport.Ended(last.Container, state)} The container is made anew, as the platform does.");
            _adapter = null;
            await _session.EndQuietlyAsync(last);
        }

        (_adapter, _) = await _session.StartAsync(containers.ForInstanceAsync, cancellationToken);
        return ended;
    }

    private async Task<CollectionReport> CollectAsync(int number, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            return await collector.RunAsync(number, _adapter!, cancellationToken);
        }
        catch (InstallException e) when (options.Collections != 1)
        {
            observer.Noted($"collection {number} failed: {e.Message}");
            return new CollectionReport(number, time.GetElapsedTime(began), null) { Failure = e };
        }
    }
}
