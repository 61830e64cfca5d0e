using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>An image in a registry. Its manifest is pushed as it is; blobs are mounted where both are in the same registry, else copied.</summary>
/// <param name="image">With a tag or a digest.</param>
/// <param name="target">Where it is to go.</param>
internal sealed class RegistryImageSource(Reference image, Reference target, RegistryClient registry, string? temporary = null) : IImageSource
{
    private readonly SpoolDirectory _spool = new(0, temporary);
    private (FetchedManifest Fetched, Manifest Manifest)? _found;

    public async Task<ImageIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var (fetched, manifest) = await FindAsync(cancellationToken);
        var config = manifest.Config!;
        if (config.Size > ImageConfigDocument.MaxBytes)
            throw NoImage($"its configuration is longer than {ImageConfigDocument.MaxBytes} bytes");
        await using var blob = await registry.OpenBlobAsync(image.Repository, config.Digest, cancellationToken, config.Size)
            ?? throw NoImage($"{image.Registry} does not have its configuration {config.Digest}");
        using var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancellationToken);
        return OriginalImage.Identify(fetched, manifest, bytes.ToArray(), image.ToString());
    }

    public async Task<SourceImage> ReadAsync(
        IReadOnlyDictionary<Digest, Descriptor> known, Action<BlobToPush> deliver, CancellationToken cancellationToken)
    {
        var (fetched, manifest) = await FindAsync(cancellationToken);
        RepositoryName? from = image.Registry == target.Registry && image.Repository != target.Repository ? image.Repository : null;
        foreach (var blob in manifest.RequiredBlobs)
            deliver(new BlobToPush(blob, new FetchedBlob(registry, image, blob, _spool.NewFile()), from));
        return new SourceImage(manifest.Config!, manifest.Layers) { Original = fetched };
    }

    public void Dispose() => _spool.Dispose();

    private async Task<(FetchedManifest Fetched, Manifest Manifest)> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is { } found)
            return found;
        var fetched = await GetAsync(image.Target, cancellationToken);
        var manifest = Parse(fetched);
        if (manifest.IsIndex)
        {
            var chosen = PlatformChoice.Require(manifest.Manifests, image.ToString());
            fetched = await GetAsync(ManifestReference.To(chosen.Digest), cancellationToken);
            manifest = Parse(fetched);
        }

        _found = manifest.Config is null ? throw NoImage("it has no configuration") : (fetched, manifest);
        return _found.Value;
    }

    private async Task<FetchedManifest> GetAsync(ManifestReference reference, CancellationToken cancellationToken) =>
        await registry.GetManifestAsync(image.Repository, reference, cancellationToken)
        ?? throw new PackException(PackFailure.Usage, $"{image.Registry} has no {image.Repository} at {reference}: check the name, the tag or the digest");

    private Manifest Parse(FetchedManifest fetched) =>
        Manifest.TryParse(fetched.Bytes.Span, fetched.MediaType, out var manifest, out var problem) ? manifest : throw NoImage(problem);

    private PackException NoImage(string what) => new(PackFailure.Push, $"{image} cannot be used: {what}");
}
