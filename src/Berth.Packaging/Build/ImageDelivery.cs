using Berth.Oci;
using Berth.Packaging.Images;

namespace Berth.Packaging.Build;

/// <summary>Brings an image to the registry that is pushed to, and proves that it can be pulled from where the appliance does.</summary>
internal sealed class ImageDelivery(PackSite site, PackOptions options, PackStageRunner stages, IPackObserver observer)
{
    public PushReport Report { get; } = new(observer);

    /// <exception cref="PackException">The registry did not take it, or a Cloud Proxy could not pull it.</exception>
    public async Task<DeliveredImage> RunAsync(IImageSource source, ImageIdentity identity, CancellationToken cancellationToken)
    {
        var push = new RegistryPush(site.Plan.Repositories.Push, site.Registries.Push, Report);
        var target = push.TargetFor(identity, site.Plan.Project.Manifest.Version.Text);
        var pushed = await stages.RunAsync(
            PackStage.Push, () => push.PushAsync(source, target, cancellationToken), _ => $"{target}, {Report.Summary}");
        var digest = await stages.RunAsync(
            PackStage.Confirm, () => push.ConfirmAsync(target, pushed, cancellationToken), confirmed => confirmed.ToString());
        await VerifyAsync(digest, cancellationToken);
        return new DeliveredImage(target, digest);
    }

    private async Task VerifyAsync(Digest digest, CancellationToken cancellationToken)
    {
        var repository = site.Plan.Repositories.Pull;
        var pull = new AnonymousPull(repository, site.Registries.Pull, options.Platform);
        var proof = await stages.RunAsync(
            PackStage.Verify,
            () => pull.VerifyAsync(digest, options.Unverified, cancellationToken),
            proved => proved.Fault is null ? $"{repository.At(digest)}, {proved.Blobs} blobs, no login" : "not proven");
        if (proof.Fault is not null)
            observer.Note($"the pak is made unverified, as asked: {proof.Problem}");
    }
}
