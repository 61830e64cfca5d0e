using System.Globalization;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;
using Berth.Packaging.Images;
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
        _observer.Note($"the appliance will pull {site.Plan.Repositories.Pull.Name}");
        var delivery = new ImageDelivery(site, _options, _stages, _observer);
        var (plan, version, image) = _options.Image is { } given
            ? await new GivenImage(site, _options, delivery, Adapter(site.Plan), _stages, _observer, _time).RunAsync(given, cancellationToken)
            : await BuildAsync(site, delivery, cancellationToken);
        var attachments = new PackAttachments(site, _options, _stages, _observer);
        var signature = await attachments.SignAsync(image, cancellationToken);
        var conf = Conf(plan, version, image);
        var pak = await _stages.RunAsync(
            PackStage.WritePak, () => Task.FromResult(PakWriter.Write(plan.Project, plan.Content, conf, plan.Time)), path => path);
        var attached = await attachments.StoreAsync(pak, conf, plan, cancellationToken);
        if (_options.Save || plan.Repositories.WasAnswered)
            SavedSettings.Write(plan.Project.Directory, plan.Repositories, _options.UseDefaultRegistry ? true : null);
        return new PackResult(pak, plan.Repositories.Pull.At(image.Digest), image.Target) { Attached = attached, Signature = signature };
    }

    /// <summary>The image that is pushed is the one that was run: there is one build.</summary>
    private async Task<(PackPlan Plan, ApiVersion Version, DeliveredImage Image)> BuildAsync(
        PackSite site, ImageDelivery delivery, CancellationToken cancellationToken)
    {
        var engine = site.Engine!;
        var project = site.Plan.Project.Directory;
        var image = await _stages.RunAsync(
            PackStage.BuildImage,
            () => new ImageBuild(engine, _options.Platform).RunAsync(
                (stream, token) => BuildContext.WriteAsync(project, stream, site.Plan.Time, token), _observer.Output, cancellationToken),
            Describe);
        var (plan, version) = await Adapter(site.Plan).RunAsync(engine, image, cancellationToken);
        using var source = new EngineImageSource(engine, image, delivery.Report);
        return (plan, version, await delivery.RunAsync(source, await source.IdentifyAsync(cancellationToken), cancellationToken));
    }

    private AdapterStep Adapter(PackPlan plan) => new(plan, _options, _questions, _stages, _observer, _time);

    private ConfFile Conf(PackPlan plan, ApiVersion version, DeliveredImage image)
    {
        var protocol = _options.InsecureCommunication ? ApiProtocol.Http : ApiProtocol.Https;
        var pull = plan.Repositories.Pull;
        return new ConfFile(
            plan.Project.Manifest.AdapterKind, version, protocol, protocol.Port(), plan.UsesDefaultRegistry ? null : pull.Registry, pull.Repository, image.Digest);
    }

    private static string Describe(EngineImage image) =>
        string.Create(CultureInfo.InvariantCulture, $"{image.Id}, {image.Platform}, {image.Bytes / 1e6:0.0} MB");
}
