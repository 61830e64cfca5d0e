using Berth.Packaging.Conf;

namespace Berth.Packaging.Install;

/// <summary>A container of an adapter in stages: started until it answers, and removed.</summary>
internal sealed class AdapterSession(StageRunner stages)
{
    /// <param name="create">Makes the container, which does not run yet.</param>
    /// <returns>The adapter, which is the caller's to end, and its version.</returns>
    public async Task<(RunningAdapter Adapter, ApiVersion Version)> StartAsync(
        Func<CancellationToken, Task<RunningAdapter>> create, CancellationToken cancellationToken)
    {
        RunningAdapter? adapter = null;
        try
        {
            await stages.RunAsync(
                InstallStage.Start,
                async () =>
                {
                    // Known to the catch below before it is started.
                    adapter = await create(cancellationToken);
                    await adapter.Container.StartAsync(cancellationToken);
                    return adapter;
                },
                started => started.Container.Name);
            var version = await stages.RunAsync(
                InstallStage.ApiVersion, () => adapter!.WaitUntilReadyAsync(cancellationToken), ready => ready.ToString());
            return (adapter!, version);
        }
        catch when (adapter is not null)
        {
            await EndQuietlyAsync(adapter);
            throw;
        }
    }

    /// <summary>Removes the container, unless it is to be kept.</summary>
    public Task<string> EndAsync(RunningAdapter adapter) => stages.RunAsync(
        InstallStage.Remove,
        async () =>
        {
            await adapter.DisposeAsync();
            return adapter.Container.Name;
        },
        name => adapter.Container.Keep ? $"kept: docker rm -f {name} removes it" : name);

    /// <summary>After a failure: a removal that fails too is reported as a stage, and the first failure is the one that counts.</summary>
    public async Task EndQuietlyAsync(RunningAdapter adapter)
    {
        try
        {
            await EndAsync(adapter);
        }
        catch (InstallException)
        {
        }
    }
}
