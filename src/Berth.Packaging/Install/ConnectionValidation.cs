using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>What the platform does when a connection is entered: a container that lives for two questions.</summary>
internal sealed class ConnectionValidation(StageRunner stages, AdapterContainers containers, AdapterConfig connection, IInstallObserver observer)
{
    private const int MessageLength = 400;

    private readonly AdapterSession _session = new(stages);

    public async Task<Validation> RunAsync(CancellationToken cancellationToken)
    {
        var (adapter, version) = await _session.StartAsync(containers.ForValidationAsync, cancellationToken);
        try
        {
            var urls = await AskAsync(adapter, cancellationToken);
            await _session.EndAsync(adapter);
            return new Validation(version.ToString(), urls);
        }
        catch (Exception e) when (e is not InstallException { Stage: InstallStage.Remove })
        {
            await _session.EndQuietlyAsync(adapter);
            throw;
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(RunningAdapter adapter, CancellationToken cancellationToken)
    {
        await stages.RunAsync(InstallStage.Test, () => TestAsync(adapter, cancellationToken), _ => "the connection works");
        var urls = await stages.RunAsync(
            InstallStage.EndpointUrls,
            () => EndpointUrlsAsync(adapter, cancellationToken),
            found => found.Count == 0 ? "none" : OneLine.Of(string.Join(", ", found), MessageLength));
        foreach (var url in urls.Where(url => !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
            observer.Noted($"the endpoint {url} is no https address, and the platform only reads certificates from such");
        return urls;
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
}
