using Berth.Oci;
using Berth.Packaging.Attach;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Build;

/// <summary>What is stored beside the image in the registry: a signature, and the pak.</summary>
internal sealed class PackAttachments(PackSite site, PackOptions options, PackStageRunner stages, IPackObserver observer)
{
    /// <returns>The digest of the signature; null when the image is not signed.</returns>
    /// <exception cref="PackException">The registry does not take it. A signature was asked for, so that there is no pak without.</exception>
    public async Task<Digest?> SignAsync(DeliveredImage image, CancellationToken cancellationToken)
    {
        if (site.Signing is not { } key)
            return null;
        var signature = new ImageSignature(site.Plan.Repositories.Push, site.Registries.Push, key);
        var result = await stages.RunAsync(
            PackStage.Sign, () => signature.SignAsync(image.Digest, options.SourceDateEpoch, cancellationToken), Describe);
        return result.Digest;
    }

    /// <returns>The digest of the artifact with the pak; null when there is none.</returns>
    public async Task<Digest?> StoreAsync(string pak, ConfFile conf, PackPlan plan, CancellationToken cancellationToken)
    {
        if (!options.Attach)
            return null;
        var attachment = new PakAttachment(plan.Repositories.Push, site.Registries.Push);
        var result = await stages.RunAsync(
            PackStage.Attach,
            () => attachment.StoreAsync(pak, conf, plan.Project.Manifest.Version.Text, options.SourceDateEpoch, cancellationToken),
            Describe);
        if (result.Note is { } note)
            observer.Note(note);
        return result.Digest;
    }

    private static string Describe(AttachResult stored) =>
        stored.Digest is { } digest ? $"{digest}{(stored.IsNew ? "" : ", was there")}" : "not stored";
}
