using Berth.Packaging.Adapter;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>An adapter's container on its way from made to ready.</summary>
internal sealed class RunningAdapter : IAsyncDisposable
{
    private static readonly TimeSpan EndIsKnownWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly AdapterTls? _tls;
    private readonly TimeProvider _time;
    private AdapterApi? _api;

    private RunningAdapter(AdapterContainer container, AdapterTls? tls, TimeProvider time)
    {
        Container = container;
        _tls = tls;
        _time = time;
    }

    public AdapterContainer Container { get; }

    public AdapterApi Api => _api ?? throw new InvalidOperationException("The adapter is not ready yet.");

    /// <summary>Makes the container, with a fresh key pair in it when the adapter is to serve TLS. It does not run yet.</summary>
    public static async Task<RunningAdapter> CreateAsync(
        ContainerEngine engine, ContainerSpec spec, ApiProtocol protocol, TimeProvider time, CancellationToken cancellationToken)
    {
        var tls = protocol is ApiProtocol.Https ? AdapterTls.Create(spec.Name ?? "adapter", time) : null;
        try
        {
            var container = await AdapterContainer.CreateAsync(engine, spec with { Files = tls?.Files ?? [] }, time, cancellationToken);
            return new RunningAdapter(container, tls, time);
        }
        catch
        {
            tls?.Dispose();
            throw;
        }
    }

    /// <exception cref="AdapterException">The container ended, or did not answer in time.</exception>
    public async Task<ApiVersion> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var ready = await new AdapterReadiness(_time).WaitAsync(
            Container, address => new AdapterApi(address, _tls?.Certificate, _time), cancellationToken);
        _api = ready.Api;
        return ready.Version;
    }

    /// <summary>Asks the adapter; when that fails because its container has ended, the message says so.</summary>
    /// <exception cref="AdapterException">It gave no result.</exception>
    public async Task<T> AskAsync<T>(Func<AdapterApi, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(Api);
        }
        catch (AdapterException e)
        {
            var state = await StateAfterAsync(e, cancellationToken);
            if (!IsOver(state))
                throw;
            var ended = await ContainerReport.EndedAsync(Container, state, cancellationToken);
            throw new AdapterException(ContainerReport.FailureOf(state), $"{e.Message}. {ended}", e);
        }
    }

    /// <summary>The engine learns of the end of a process a moment after the connection to it broke off, and of a kill for memory later still.</summary>
    private async Task<ContainerState> StateAfterAsync(AdapterException e, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            var state = await Container.GetStateAsync(cancellationToken);
            if (IsOver(state) || e.Failure is not AdapterFailure.Unreachable || _time.GetElapsedTime(began) > EndIsKnownWithin)
                return state;
            await Task.Delay(BetweenLooks, _time, cancellationToken);
        }
    }

    private static bool IsOver(ContainerState state) => !state.Running || state.OutOfMemory;

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _tls?.Dispose();
        await Container.DisposeAsync();
    }
}
