using Docker.DotNet;

namespace Berth.Packaging.Engine;

/// <summary>A container engine that answers: Docker, or podman with its Docker-compatible socket.</summary>
internal sealed class ContainerEngine : IDisposable
{
    private ContainerEngine(EngineEndpoint endpoint, EngineInfo info, DockerClient client)
    {
        Endpoint = endpoint;
        Info = info;
        Client = client;
        Images = new EngineImages(this);
    }

    public EngineEndpoint Endpoint { get; }

    public EngineInfo Info { get; }

    public EngineImages Images { get; }

    /// <summary>The engine's API for what this class does not cover; wrap calls in <see cref="RunAsync{T}"/>.</summary>
    internal DockerClient Client { get; }

    /// <exception cref="EngineException">No engine answers there, or this user may not use it.</exception>
    public static async Task<ContainerEngine> ConnectAsync(EngineEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var probe = EngineClient.Create(endpoint, apiVersion: null, EngineClient.ProbeTimeout);
        var info = await EngineErrors.GuardAsync(
            endpoint, "asking for its version", EngineProbe.AskAsync(probe, endpoint, cancellationToken), cancellationToken);
        return new ContainerEngine(endpoint, info, EngineClient.Create(endpoint, info.ApiVersion, EngineClient.RequestTimeout));
    }

    /// <summary>Awaits a call to the engine and translates its failures.</summary>
    /// <param name="doing">Completes "while …" in the message.</param>
    /// <exception cref="EngineException">The engine refused or went away.</exception>
    public Task<T> RunAsync<T>(string doing, Task<T> call, CancellationToken cancellationToken) =>
        EngineErrors.GuardAsync(Endpoint, doing, call, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(string doing, Task call, CancellationToken cancellationToken) =>
        EngineErrors.GuardAsync(Endpoint, doing, call, cancellationToken);

    /// <summary>A client of its own for a pull with a login, so that no other pull can have one.</summary>
    internal DockerClient CreateLoginClient() => EngineClient.Create(Endpoint, Info.ApiVersion, EngineClient.RequestTimeout, carriesLogins: true);

    public void Dispose() => Client.Dispose();
}
