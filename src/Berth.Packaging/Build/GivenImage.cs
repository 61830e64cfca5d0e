using Berth.Packaging.Conf;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Build;

/// <summary>
/// Packs an image that exists already. Where the adapter has to be asked for its description, what is run is what an appliance will run:
/// the image as pulled without a login from where the pak says.
/// </summary>
internal sealed class GivenImage(
    PackSite site, PackOptions options, ImageDelivery delivery, AdapterStep adapter, PackStageRunner stages, IPackObserver observer, TimeProvider time)
{
    private static readonly ApiVersion Assumed = new(1, 0, 0);

    public async Task<(PackPlan Plan, ApiVersion Version, DeliveredImage Image)> RunAsync(string image, CancellationToken cancellationToken)
    {
        using var choice = new ImageChoice(image, options, site.Registries, time);
        var identity = await stages.RunAsync(
            PackStage.FindImage, () => choice.Source.IdentifyAsync(cancellationToken), found => found.Manifest?.ToString() ?? found.Name.ToString());
        var delivered = await delivery.RunAsync(choice.Source, identity, cancellationToken);
        if (site.Engine is { } engine)
        {
            var pulled = await stages.RunAsync(PackStage.PullImage, () => PullAsync(engine, delivered, cancellationToken), found => found.Id);
            var (plan, version) = await adapter.RunAsync(engine, pulled, cancellationToken);
            return (plan, version, delivered);
        }

        observer.Note($"the adapter is not run, since conf/describe.xml describes it; its API version is taken to be {Assumed}");
        return (site.Plan, Assumed, delivered);
    }

    private async Task<EngineImage> PullAsync(ContainerEngine engine, DeliveredImage delivered, CancellationToken cancellationToken)
    {
        var pinned = new PinnedImage(site.Plan.Repositories.Pull.Name, delivered.Digest);
        if (await engine.Images.FindAsync(pinned, cancellationToken) is { } present)
            return present;
        await engine.Images.PullAsync(pinned, progress: null, cancellationToken);
        return await engine.Images.FindAsync(pinned, cancellationToken)
            ?? throw new PackException(PackFailure.Verify, $"the engine pulled {pinned} and does not have it; look into its log");
    }
}
