using Berth.Oci;
using Berth.Packaging.Attach;
using Berth.Packaging.Conf;

namespace Berth.Packaging.Build;

/// <summary>What is stored beside the image in the registry: the pak.</summary>
internal sealed class PackAttachments(PackSite site, PackOptions options, PackStageRunner stages, IPackObserver observer)
{
    /// <returns>The digest of the artifact with the pak; null when there is none.</returns>
    public async Task<Digest?> RunAsync(string pak, ConfFile conf, PackPlan plan, CancellationToken cancellationToken)
    {
        if (!options.Attach)
            return null;
        var attachment = new PakAttachment(plan.Repositories.Push, site.Registries.Push);
        var result = await stages.RunAsync(
            PackStage.Attach,
            () => attachment.StoreAsync(pak, conf, plan.Project.Manifest.Version.Text, options.SourceDateEpoch, cancellationToken),
            stored => stored.Digest is { } digest ? $"{digest}{(stored.IsNew ? "" : ", was there")}" : "not stored");
        if (result.Note is { } note)
            observer.Note(note);
        return result.Digest;
    }
}
