using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Adapter;

/// <summary>Waits until a container that was just started answers <c>/apiVersion</c>.</summary>
internal sealed class AdapterReadiness(TimeProvider time)
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PerProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.5);

    /// <returns>The version that the adapter gave.</returns>
    /// <exception cref="AdapterException">The container has ended, or gave no version within <see cref="Deadline"/>.</exception>
    public async Task<ApiVersion> WaitAsync(AdapterApi api, AdapterContainer container, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var failure = await ProbeAsync(api, Remaining(started), cancellationToken);
            if (failure.Version is { } version)
                return version;
            var state = await container.GetStateAsync(cancellationToken);
            if (!state.Running)
                throw new AdapterException(AdapterFailure.Unreachable, await ContainerReport.EndedAsync(container, state, cancellationToken), failure.Error);
            if (Remaining(started) <= Between)
                throw await NotReadyAsync(container, failure.Error!, cancellationToken);
            await Task.Delay(Between, time, cancellationToken);
        }
    }

    private static async Task<(ApiVersion? Version, AdapterException? Error)> ProbeAsync(
        AdapterApi api, TimeSpan remaining, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.GetVersionAsync(remaining < PerProbe ? remaining : PerProbe, cancellationToken), null);
        }
        catch (AdapterException e)
        {
            return (null, e);
        }
    }

    private static async Task<AdapterException> NotReadyAsync(AdapterContainer container, AdapterException last, CancellationToken cancellationToken)
    {
        var log = await ContainerReport.LogAsync(container, cancellationToken);
        return new AdapterException(last.Failure, $"The adapter was not ready after {Deadline.TotalSeconds:0} s; last: {last.Message}{log}", last);
    }

    private TimeSpan Remaining(long started) => Deadline - time.GetElapsedTime(started);
}
