using System.Globalization;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>A container of an adapter: made, started, asked, and removed again.</summary>
internal sealed partial class AdapterContainer : IAsyncDisposable
{
    private const int LogTailBytes = 64 * 1024;

    private readonly ContainerEngine _engine;
    private readonly ContainerSpec _spec;
    private readonly bool _published;

    private AdapterContainer(ContainerEngine engine, ContainerSpec spec, bool published, string id)
    {
        _engine = engine;
        _spec = spec;
        _published = published;
        Id = id;
    }

    public string Id { get; }

    /// <summary>What to call it in messages.</summary>
    public string Name => _spec.Name ?? Id[..Math.Min(12, Id.Length)];

    /// <summary>The port that the adapter is to listen on, inside.</summary>
    public int Port => _spec.Port;

    /// <summary>Every port of the container can be reached, published or not.</summary>
    public bool OwnPortsAreReachable => !_published;

    public int MemoryMegabytes => _spec.MemoryMegabytes;

    /// <summary>Disposing leaves the container alone.</summary>
    public bool Keep { get; set; }

    /// <summary>Makes a container and puts its files into it. It does not run yet; disposing removes it.</summary>
    /// <exception cref="EngineException">The engine refused: no such image, name in use, and the like.</exception>
    public static async Task<AdapterContainer> CreateAsync(
        ContainerEngine engine, ContainerSpec spec, TimeProvider time, CancellationToken cancellationToken)
    {
        var publish = spec.HostPort is not null || !engine.Info.SharesHostNetwork;
        if (publish && !engine.Endpoint.IsLocal)
            throw new EngineException(
                EngineFailure.Address,
                $"The container engine at {engine.Endpoint} is on another machine, and a container there cannot be reached from here. "
                + "Run this on that machine.");
        // Not cancelled half-way: a container whose id never arrived could not be removed again.
        var created = await engine.RunAsync(
            "making the container",
            engine.Client.Containers.CreateContainerAsync(ContainerRequest.Create(spec, publish), CancellationToken.None),
            CancellationToken.None);
        var container = new AdapterContainer(engine, spec, publish, created.ID);
        try
        {
            await container.PutFilesAsync(time, cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) =>
        _engine.RunAsync(
            "starting the container", _engine.Client.Containers.StartContainerAsync(Id, null, cancellationToken), cancellationToken);

    /// <summary>Where the adapter listens, as seen from this machine; null when the container has no address (it has ended).</summary>
    public async Task<IPEndPoint?> FindAddressAsync(CancellationToken cancellationToken)
    {
        var network = (await InspectAsync(cancellationToken)).NetworkSettings;
        return _published ? PublishedAddress(network) : OwnAddress(network);
    }

    public async Task<ContainerState> GetStateAsync(CancellationToken cancellationToken)
    {
        var state = (await InspectAsync(cancellationToken)).State ?? new State();
        return new ContainerState(state.Running, state.ExitCode, state.OOMKilled, OneLine.Of(state.Error));
    }

    /// <summary>The same; null when the container is gone.</summary>
    public async Task<ContainerState?> FindStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetStateAsync(cancellationToken);
        }
        catch (EngineException e) when (e.InnerException is DockerContainerNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The last lines that the container wrote to its output and error streams; empty when the engine keeps no log.</summary>
    public async Task<IReadOnlyList<string>> GetLogTailAsync(int lines, CancellationToken cancellationToken)
    {
        var request = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Tail = lines.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            using var log = await _engine.Client.Containers.GetContainerLogsAsync(Id, request, cancellationToken);
            return await LogTail.ReadAsync(log, lines, LogTailBytes, cancellationToken);
        }
        catch (DockerApiException)
        {
            // A log driver that cannot be read from; the log is a help in a message and never the reason for another failure.
            return [];
        }
    }

    /// <summary>Removes the container, running or not, with its anonymous volumes. One that is gone already is no failure.</summary>
    /// <exception cref="EngineException">The engine refused.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _engine.Client.Containers.RemoveContainerAsync(
                Id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.Translate(_engine.Endpoint, $"removing the container {Name}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Keep)
            await RemoveAsync(CancellationToken.None);
    }

    private async Task PutFilesAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_spec.Files.Count == 0)
            return;
        using var archive = await ContainerArchive.CreateAsync(_spec.Files, time, cancellationToken);
        var put = _engine.Client.Containers.ExtractArchiveToContainerAsync(
            Id, new CopyToContainerParameters { Path = "/" }, archive, cancellationToken);
        await _engine.RunAsync("copying files into the container", put, cancellationToken);
    }

    private Task<ContainerInspectResponse> InspectAsync(CancellationToken cancellationToken) =>
        _engine.RunAsync(
            "looking at the container", _engine.Client.Containers.InspectContainerAsync(Id, cancellationToken), cancellationToken);

    private IPEndPoint? OwnAddress(NetworkSettings? network)
    {
        var address = network?.Networks?.Values.Select(n => n.IPAddress).FirstOrDefault(ip => !string.IsNullOrEmpty(ip));
        return IPAddress.TryParse(address, out var ip) ? new IPEndPoint(ip, _spec.Port) : null;
    }

    private IPEndPoint? PublishedAddress(NetworkSettings? network)
    {
        if (network?.Ports?.TryGetValue(ContainerRequest.PortKey(_spec.Port), out var bindings) != true)
            return null;
        var port = bindings?.Select(binding => binding.HostPort).FirstOrDefault(text => !string.IsNullOrEmpty(text));
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IPEndPoint(IPAddress.Loopback, number)
            : null;
    }
}
