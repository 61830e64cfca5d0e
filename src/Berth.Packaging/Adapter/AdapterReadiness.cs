using System.Net;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Adapter;

/// <summary>Waits until a container that was just started answers <c>/apiVersion</c>.</summary>
internal sealed class AdapterReadiness(TimeProvider time)
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PerProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.5);

    /// <param name="connect">Makes the client for the address that the container turns out to have.</param>
    /// <returns>The client, which is the caller's to dispose, and the version that the adapter gave.</returns>
    /// <exception cref="AdapterException">The container has ended, or gave no version within <see cref="Deadline"/>.</exception>
    public async Task<(AdapterApi Api, ApiVersion Version)> WaitAsync(
        AdapterContainer container, Func<IPEndPoint, AdapterApi> connect, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        AdapterApi? api = null;
        try
        {
            while (true)
            {
                api ??= await container.FindAddressAsync(cancellationToken) is { } address ? connect(address) : null;
                var probe = await ProbeAsync(api, Remaining(started), cancellationToken);
                if (probe.Version is { } version)
                    return (api!, version);
                await ThrowIfHopelessAsync(container, probe.Error!, Remaining(started), cancellationToken);
                await Task.Delay(Between, time, cancellationToken);
            }
        }
        catch
        {
            api?.Dispose();
            throw;
        }
    }

    private static async Task<(ApiVersion? Version, AdapterException? Error)> ProbeAsync(
        AdapterApi? api, TimeSpan remaining, CancellationToken cancellationToken)
    {
        if (api is null)
            return (null, new AdapterException(AdapterFailure.Unreachable, "the container has no network address"));
        try
        {
            return (await api.GetVersionAsync(remaining < PerProbe ? remaining : PerProbe, cancellationToken), null);
        }
        catch (AdapterException e)
        {
            return (null, e);
        }
    }

    private async Task ThrowIfHopelessAsync(
        AdapterContainer container, AdapterException last, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var state = await container.GetStateAsync(cancellationToken);
        if (!state.Running)
            throw new AdapterException(
                ContainerReport.FailureOf(state), await ContainerReport.EndedAsync(container, state, cancellationToken), last);
        if (remaining > Between)
            return;
        var log = await ContainerReport.LogAsync(container, cancellationToken);
        if (last.Failure is AdapterFailure.Unreachable)
            throw new AdapterException(AdapterFailure.Port, $"{await WrongPortAsync(container, cancellationToken)}{log}", last);
        throw new AdapterException(
            last.Failure, $"The adapter was not ready after {Deadline.TotalSeconds:0} s; last: {last.Message}.{log}", last);
    }

    private async Task<string> WrongPortAsync(AdapterContainer container, CancellationToken cancellationToken)
    {
        var others = container.OwnPortsAreReachable && await container.FindAddressAsync(cancellationToken) is { } address
            ? await OtherPorts.FindAsync(address, time, cancellationToken)
            : [];
        var instead = others.Count == 0 ? "" : $" It listens at {string.Join(" and ", others)}.";
        return $"The adapter runs, and after {Deadline.TotalSeconds:0} s nothing listens at port {container.Port}, which is API_PORT in the pak's conf.{instead} "
            + "Let both be the same: 443 with https and 8080 with http are what adapters use.";
    }

    private TimeSpan Remaining(long started) => Deadline - time.GetElapsedTime(started);
}
