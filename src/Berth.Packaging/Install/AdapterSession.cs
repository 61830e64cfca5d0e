using System.Globalization;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>The part of an installation during which there is a container: started, asked, removed whatever happens.</summary>
internal sealed class AdapterSession(StageRunner stages, AdapterConfig connection, bool keep)
{
    private const int MessageLength = 400;

    public async Task<SessionResult> RunAsync(Func<Task<RunningAdapter>> create, CancellationToken cancellationToken)
    {
        RunningAdapter? adapter = null;
        try
        {
            adapter = await stages.RunAsync(
                InstallStage.Start,
                async () =>
                {
                    // Known to the finally below before it is started.
                    adapter = await create();
                    await adapter.Container.StartAsync(cancellationToken);
                    return adapter;
                },
                started => started.Container.Name);
            var result = await AskAsync(adapter, cancellationToken);
            adapter.Container.Keep = keep;
            await EndAsync(adapter);
            return result;
        }
        catch when (adapter is not null)
        {
            adapter.Container.Keep = keep;
            await EndQuietlyAsync(adapter);
            throw;
        }
    }

    private async Task<SessionResult> AskAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        var version = await stages.RunAsync(
            InstallStage.ApiVersion, () => adapter.WaitUntilReadyAsync(cancellationToken), ready => ready.ToString());
        await stages.RunAsync(InstallStage.Test, () => TestAsync(adapter, cancellationToken), _ => "the connection works");
        var urls = await stages.RunAsync(
            InstallStage.EndpointUrls,
            () => EndpointUrlsAsync(adapter, cancellationToken),
            found => found.Count == 0 ? "none" : OneLine.Of(string.Join(", ", found), MessageLength));
        var collected = await stages.RunAsync(InstallStage.Collect, () => CollectAsync(adapter, cancellationToken), Describe);
        return new SessionResult(adapter.Container.Name, version.ToString(), urls, collected);
    }

    private async Task<TestResult> TestAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        var result = await adapter.AskAsync(api => api.TestAsync(connection, cancellationToken), cancellationToken);
        return string.IsNullOrEmpty(result.ErrorMessage)
            ? result
            : throw new InstallException(
                InstallStage.Test, $"The adapter says that the connection does not work: {OneLine.Of(result.ErrorMessage, MessageLength)}");
    }

    private async Task<IReadOnlyList<string>> EndpointUrlsAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        var result = await adapter.AskAsync(api => api.GetEndpointUrlsAsync(connection, cancellationToken), cancellationToken);
        return [.. (result.EndpointUrls ?? []).Select(url => OneLine.Of(url, MessageLength))];
    }

    private async Task<CollectSummary> CollectAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        var result = await adapter.AskAsync(api => api.CollectAsync(connection, cancellationToken), cancellationToken);
        return string.IsNullOrEmpty(result.ErrorMessage)
            ? CollectSummary.Of(result)
            : throw new InstallException(
                InstallStage.Collect, $"The adapter says that the collection failed: {OneLine.Of(result.ErrorMessage, MessageLength)}");
    }

    private static string Describe(CollectSummary collected) => string.Create(
        CultureInfo.InvariantCulture,
        $"{collected.Objects} objects, {collected.Metrics} metrics, {collected.Properties} properties, "
        + $"{collected.Relationships} relationships");

    private Task<string> EndAsync(RunningAdapter adapter) => stages.RunAsync(
        InstallStage.Remove,
        async () =>
        {
            await adapter.DisposeAsync();
            return adapter.Container.Name;
        },
        name => keep ? $"kept: docker rm -f {name} removes it" : name);

    /// <summary>After a failure: a removal that fails too is reported as a stage, and the first failure is the one that counts.</summary>
    private async Task EndQuietlyAsync(RunningAdapter adapter)
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
