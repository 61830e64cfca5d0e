using System.Globalization;
using Berth.Packaging.Adapter;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Install;

/// <summary>Does with a pak what a Cloud Proxy does: find or pull its image, run it, ask its API, and take everything away again.</summary>
public sealed class PackInstaller
{
    private const string ToolName = "mp-install";

    private readonly InstallOptions _options;
    private readonly IInstallObserver _observer;
    private readonly TimeProvider _time;
    private readonly StageRunner _stages;

    public PackInstaller(InstallOptions options, IInstallObserver observer, TimeProvider time)
    {
        _options = options;
        _observer = observer;
        _time = time;
        _stages = new StageRunner(observer, time);
    }

    /// <exception cref="InstallException">A stage failed; nothing that was started is left, unless it was to be kept.</exception>
    public async Task<InstallResult> RunAsync(CancellationToken cancellationToken)
    {
        var pak = await _stages.RunAsync(InstallStage.ReadPak, () => PakFacts.ReadAsync(_options.Pak, cancellationToken), Describe);
        var connection = await _stages.RunAsync(
            InstallStage.ReadConnection, () => ConnectionFile.ReadAsync(_options, pak, cancellationToken), Describe);
        var wanted = Name(pak.Conf);
        using var engine = await _stages.RunAsync(
            InstallStage.Engine,
            () => ConnectAsync(cancellationToken),
            connected => connected.Info.ToString());
        var (image, pulled) = await new ImageLocator(engine, _stages, _observer).LocateAsync(wanted, cancellationToken);
        using var logs = LogDirectory.Create(_options.LogDirectory);
        var containers = new AdapterContainers(engine, pak.Conf, Spec(pak.Conf, connection, wanted, image), logs, _observer, _time);
        var validation = await new ConnectionValidation(_stages, containers, connection, _observer).RunAsync(cancellationToken);
        var collector = new Collector(_stages, connection, pak.Described, _observer, _time);
        var (container, collections) =
            await new CollectionRun(_options, _stages, containers, collector, _observer, _time).RunAsync(cancellationToken);
        return new InstallResult(
            _options.Pak, pak.Conf.AdapterKind, pak.Name, pak.Version, wanted.ToString(), wanted.Digest, pulled,
            engine.Info.PullsAnonymously, container, _options.Keep, validation.ApiVersion, validation.EndpointUrls, collections);
    }

    private async Task<ContainerEngine> ConnectAsync(CancellationToken cancellationToken)
    {
        var engine = await ContainerEngine.ConnectAsync(EngineDiscovery.Find(), cancellationToken);
        try
        {
            await Leftovers.RemoveAsync(engine, ToolName, _observer.Noted, cancellationToken);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private PinnedImage Name(ConfFile conf)
    {
        var registry = conf.Registry ?? _options.DefaultRegistry ?? throw new InstallException(
            InstallStage.Pull,
            $"The pak names no registry: a Cloud Proxy would use the default registry of its platform, and there is none to pull "
            + $"/{conf.Repository} from here. Name one with --default-registry HOST.");
        return new PinnedImage($"{registry}/{conf.Repository}", conf.Digest);
    }

    private string Describe(PakFacts pak)
    {
        var name = pak.Name is null ? pak.Conf.AdapterKind : $"{pak.Name} {pak.Version}".TrimEnd();
        var registry = (pak.Conf.Registry ?? _options.DefaultRegistry)?.ToString() ?? "(default registry)";
        return $"{name}, {registry}/{pak.Conf.Repository}@{pak.Conf.Digest}";
    }

    private static string Describe(AdapterConfig connection)
    {
        var credential = connection.CredentialConfig is null ? "no credential" : "a credential";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{connection.AdapterKey.Identifiers.Count} identifiers, {credential}, memory {Memory(connection)} MB");
    }

    private static int Memory(AdapterConfig connection) =>
        connection.FindMemoryLimit(ContainerSpec.LeastMemoryMegabytes) ?? ContainerSpec.DefaultMemoryMegabytes;

    private ContainerSpec Spec(ConfFile conf, AdapterConfig connection, PinnedImage wanted, EngineImage image)
    {
        var labels = new Dictionary<string, string>
        {
            [ContainerLabels.Tool] = ToolName,
            [ContainerLabels.AdapterKind] = conf.AdapterKind,
            [ContainerLabels.Image] = wanted.ToString(),
        };
        // What is to be kept outlives this process, and is no leftover of it.
        if (!_options.Keep && ProcessMark.Own is { } process)
            labels[ContainerLabels.Process] = process;
        return new ContainerSpec { Image = image.Id, Port = conf.Port, MemoryMegabytes = Memory(connection), Labels = labels };
    }
}
