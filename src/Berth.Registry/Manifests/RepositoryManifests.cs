using Berth.Oci;
using Berth.Registry.Collection;
using Berth.Registry.Storage;

namespace Berth.Registry.Manifests;

/// <summary>Manifests of a repository, by tag and by digest. Bytes are kept and given back exactly as they came.</summary>
public sealed class RepositoryManifests(IMetadataStore metadata, SparseManifests sparse, TimeProvider time)
{
    /// <summary>Checks and stores a manifest and sets its tags, all or nothing.</summary>
    /// <exception cref="OciException">It is malformed, is not what its digest says, names content that the repository has not, or its condition does not hold.</exception>
    public async ValueTask<PutManifest> PutAsync(ReceivedManifest received, CancellationToken cancellationToken)
    {
        if (received.Bytes.Length > Manifest.MaxBytes)
            throw new OciException(OciError.ManifestTooLarge);
        var digest = Digest.Of(received.Bytes.Span, received.Reference.Digest?.Algorithm ?? DigestAlgorithm.Sha256);
        if (received.Reference.Digest is { } announced && announced != digest)
            throw new OciException(OciError.DigestInvalid, $"the manifest's digest is {digest}, the request says {announced}");
        if (!Manifest.TryParse(received.Bytes.Span, received.ContentType, out var manifest, out var problem))
            throw new OciException(OciError.ManifestInvalid, problem);

        var toStore = new ManifestToStore(received.Repository, digest, received.Bytes, manifest, Tags(received), time.GetUtcNow())
        {
            Sparse = sparse,
            Condition = received.Condition,
        };
        var missing = await metadata.PutManifestAsync(toStore, cancellationToken);
        if (!toStore.MayLack(missing))
            throw new OciException(OciError.ManifestBlobUnknown, [.. missing.Select(blob => blob.ToString())]);
        return new PutManifest(digest, manifest.Subject?.Digest, missing);
    }

    public ValueTask<StoredManifest?> FindAsync(RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken) =>
        metadata.FindManifestAsync(repository, reference, cancellationToken);

    /// <summary>By tag: the tag goes, its manifest stays. By digest: the manifest goes, and every tag on it. All of it into the trash.</summary>
    /// <exception cref="OciException">There is none such, an index needs the manifest, or it is protected and the deletion not forced.</exception>
    public async ValueTask RemoveAsync(
        RepositoryName repository, ManifestReference reference, Deletion deletion, CancellationToken cancellationToken)
    {
        var error = reference switch
        {
            { Tag: { } tag } => await metadata.RemoveTagAsync(repository, tag, deletion, cancellationToken) ? null : OciError.ManifestUnknown,
            { Digest: { } digest } => Error(await metadata.RemoveManifestAsync(repository, digest, deletion, cancellationToken)),
            _ => OciError.ManifestUnknown,
        };
        if (error is not null)
            throw new OciException(error, reference.ToString());
    }

    private static OciError? Error(RemoveResult result) => result switch
    {
        RemoveResult.NotFound => OciError.ManifestUnknown,
        RemoveResult.Referenced => OciError.ManifestReferenced,
        RemoveResult.Pinned => OciError.ManifestPinned,
        RemoveResult.PulledRecently => OciError.ManifestInUse,
        _ => null,
    };

    private static List<Tag> Tags(ReceivedManifest received) =>
        [.. (received.Reference.Tag is { } tag ? received.MoreTags.Prepend(tag) : received.MoreTags).Distinct()];
}
