using System.Globalization;
using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Build;

/// <summary>
/// Makes a pak out of a project: builds its image once, asks the adapter in it for its description, pushes it, proves that it can be pulled
/// without a login, and only then writes the pak.
/// </summary>
public sealed class PackBuilder
{
    private readonly PackOptions _options;
    private readonly IPackQuestions _questions;
    private readonly IPackObserver _observer;
    private readonly TimeProvider _time;
    private readonly PackStageRunner _stages;

    public PackBuilder(PackOptions options, IPackQuestions questions, IPackObserver observer, TimeProvider time)
    {
        _options = options;
        _questions = questions;
        _observer = observer;
        _time = time;
        _stages = new PackStageRunner(observer, time);
    }

    /// <exception cref="PackException">There is no new pak, and an earlier one is as it was. No container is left.</exception>
    public async Task<PackResult> RunAsync(CancellationToken cancellationToken)
    {
        using var site = await new Preflight(_options, _questions, _observer, _stages, _time).RunAsync(cancellationToken);
        var plan = site.Plan;
        var (pullFrom, pushTo) = (plan.Repositories.Pull, plan.Repositories.Push);
        var engine = site.Engine!;
        var push = new RegistryPush(pushTo, site.Registries.Push);
        var pull = new AnonymousPull(pullFrom, site.Registries.Pull);
        var image = await _stages.RunAsync(PackStage.BuildImage, () => BuildAsync(plan, engine, cancellationToken), Describe);
        var version = await new AdapterStep(plan, _stages, _observer, _time).RunAsync(engine, image, HostPortFor(), cancellationToken);
        var target = push.TargetFor(image, plan.Project.Manifest.Version.Text);
        var digest = await PushAsync(push, engine, image, target, cancellationToken);
        await _stages.RunAsync(
            PackStage.Verify,
            () => pull.VerifyAsync(digest, cancellationToken),
            blobs => $"{pullFrom.At(digest)}, {blobs} blobs, no login");
        var pak = await _stages.RunAsync(PackStage.WritePak, () => Task.FromResult(Write(plan, version, digest)), path => path);
        if (_options.Save || plan.Repositories.WasAnswered)
            SavedSettings.Write(plan.Project.Directory, plan.Repositories, _options.UseDefaultRegistry ? true : null);
        return new PackResult(pak, pullFrom.At(digest), target);
    }

    private int? HostPortFor() => _options.HostPort ?? UserSettings.Read(_options.Home, _ => { }).ContainerPort;

    private Task<EngineImage> BuildAsync(PackPlan plan, ContainerEngine engine, CancellationToken cancellationToken) =>
        new ImageBuild(engine).RunAsync(
            (stream, token) => BuildContext.WriteAsync(plan.Project.Directory, stream, plan.Time, token), _observer.Output, cancellationToken);

    private async Task<Digest> PushAsync(
        RegistryPush push, ContainerEngine engine, EngineImage image, Reference target, CancellationToken cancellationToken)
    {
        var pushed = await _stages.RunAsync(
            PackStage.Push, () => push.PushAsync(engine, image, target, cancellationToken), _ => target.ToString());
        return await _stages.RunAsync(
            PackStage.Confirm, () => push.ConfirmAsync(target, pushed, cancellationToken), digest => digest.ToString());
    }

    private string Write(PackPlan plan, ApiVersion version, Digest digest)
    {
        var protocol = _options.InsecureCommunication ? ApiProtocol.Http : ApiProtocol.Https;
        var pull = plan.Repositories.Pull;
        RegistryHost? registry = plan.UsesDefaultRegistry ? null : pull.Registry;
        var conf = new ConfFile(plan.Project.Manifest.AdapterKind, version, protocol, protocol.Port(), registry, pull.Repository, digest);
        return PakWriter.Write(plan.Project, plan.Content, conf, plan.Time);
    }

    private static string Describe(EngineImage image) =>
        string.Create(CultureInfo.InvariantCulture, $"{image.Id}, {image.Platform}, {image.Bytes / 1e6:0.0} MB");
}
