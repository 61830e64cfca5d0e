using System.Globalization;
using System.Security.Cryptography;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Makes the containers of one adapter the way the platform does.</summary>
internal sealed class AdapterContainers(
    ContainerEngine engine, ConfFile conf, ContainerSpec spec, LogDirectory logs, IInstallObserver observer, TimeProvider time)
{
    /// <summary>The one that a connection is tried with.</summary>
    public Task<RunningAdapter> ForValidationAsync(CancellationToken cancellationToken) =>
        CreateAsync(Guid.NewGuid().ToString(), cancellationToken);

    /// <summary>The one that collects for an adapter instance, which the platform gives a number.</summary>
    public Task<RunningAdapter> ForInstanceAsync(CancellationToken cancellationToken) =>
        CreateAsync(RandomNumberGenerator.GetInt32(1000, int.MaxValue).ToString(CultureInfo.InvariantCulture), cancellationToken);

    private async Task<RunningAdapter> CreateAsync(string id, CancellationToken cancellationToken)
    {
        var named = spec with { Name = $"dockerized_adapter_{conf.AdapterKind}_{id}" };
        try
        {
            var logging = named with { LogDirectory = logs.FullName };
            return await RunningAdapter.CreateAsync(engine, logging, conf.Protocol, time, cancellationToken);
        }
        catch (EngineException e) when (e.Message.Contains("bind source path", StringComparison.OrdinalIgnoreCase))
        {
            observer.Noted($"the engine does not see {logs.FullName}, so that the adapter's log stays in its container");
            return await RunningAdapter.CreateAsync(engine, named, conf.Protocol, time, cancellationToken);
        }
    }
}
