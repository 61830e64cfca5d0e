using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Brings an image into a repository by the distribution API.</summary>
/// <remarks>
/// What is made here is an OCI manifest: every engine of the last years pulls it, dockerd of a Cloud Proxy among them, and signatures and
/// other referrers are at home with it. Docker's own type is for registries that refuse OCI's.
/// </remarks>
internal sealed class ImagePusher(RegistryClient registry, RepositoryName repository, IPushObserver observer, PushLimits? limits = null)
{
    private readonly PushLimits _limits = limits ?? new PushLimits();
    private readonly RepositoryPusher _pusher = new(registry, repository, observer, limits);

    /// <summary>Looks whether the repository has the image under this tag already, with all that belongs to it.</summary>
    /// <returns>The manifest's digest; null when there is something to push.</returns>
    public async Task<Digest?> FindAsync(ImageIdentity image, Tag tag, CancellationToken cancellationToken)
    {
        if (await registry.GetManifestAsync(repository, ManifestReference.To(tag), cancellationToken) is not { } served
            || !Manifest.TryParse(served.Bytes.Span, served.MediaType, out var manifest, out _)
            || !image.IsServedAs(served.Digest, manifest))
            return null;
        var blobs = manifest.RequiredBlobs.DistinctBy(blob => blob.Digest).ToList();
        var there = await Task.WhenAll(blobs.Select(blob => _pusher.HasAsync(blob, cancellationToken)));
        if (!there.All(one => one))
            return null;
        foreach (var blob in blobs)
            observer.Skipped(blob);
        return served.Digest;
    }

    /// <summary>Pushes what the repository lacks, and tags the image.</summary>
    /// <returns>The digest of the manifest, computed from its bytes.</returns>
    /// <exception cref="RegistryException">The registry refused something, or failed too often.</exception>
    public async Task<Digest> PushAsync(IImageSource source, ImageIdentity image, Tag tag, CancellationToken cancellationToken)
    {
        var likely = $"{tag}".Split('-')[0] + '-';
        var known = image.Manifest is null
            ? await new EarlierImages(registry, repository, _pusher).LearnAsync(image.DiffIds, likely, cancellationToken)
            : new Dictionary<Digest, Descriptor>();
        foreach (var layer in known.Values)
            observer.Skipped(layer);
        SourceImage read;
        using (var pushes = new ParallelPushes(_pusher, _limits.Parallel, cancellationToken))
            read = await pushes.RunAsync(token => source.ReadAsync(known, pushes.Start, token));
        return await PushManifestAsync(read, ManifestReference.To(tag), cancellationToken);
    }

    private async Task<Digest> PushManifestAsync(SourceImage image, ManifestReference target, CancellationToken cancellationToken)
    {
        if (image.Original is { } original)
            return await _pusher.PushManifestAsync(target, original.MediaType, original.Bytes, cancellationToken);
        try
        {
            return await PushAsync(MediaTypes.OciManifest);
        }
        catch (RegistryException e) when (e is { Reason: RegistryFailure.Protocol, Status: not null })
        {
            return await PushAsync(MediaTypes.DockerManifest);
        }

        Task<Digest> PushAsync(string type) =>
            _pusher.PushManifestAsync(target, type, ImageManifestText.Write(image, type), cancellationToken);
    }
}
