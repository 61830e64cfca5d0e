using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Manifests;

/// <summary>What refers to a manifest: signatures, paks, and whatever else names it as its subject.</summary>
public sealed class ManifestReferrers(IMetadataStore metadata)
{
    /// <summary>
    /// An answer must not be larger than a manifest (OCI distribution specification 1.1, "Listing Referrers"). A manifest holds all that
    /// its descriptor shows, so descriptors of manifests of this many bytes fit, with room for what surrounds them.
    /// </summary>
    private const int MaxBytes = Manifest.MaxBytes - 1024;

    /// <param name="artifactType">Only those of this type; null for all.</param>
    /// <param name="after">Exclusive; null begins with the first.</param>
    /// <returns>Descriptors in the order of their digests, and whether more follow. A subject that is not there has none.</returns>
    public async ValueTask<(IReadOnlyList<Descriptor> Referrers, bool HasMore)> ListAsync(
        RepositoryName repository, Digest subject, string? artifactType, Digest? after, CancellationToken cancellationToken)
    {
        var stored = await metadata.ListReferrersAsync(repository, subject, artifactType, after, MaxBytes, cancellationToken);
        return ([.. stored.Manifests.Select(Describe)], stored.HasMore);
    }

    private static Descriptor Describe(StoredManifest stored)
    {
        // It was parsed when it was taken in; what is in the way now is a bug or a damaged store.
        if (!Manifest.TryParse(stored.Bytes.Span, stored.MediaType, out var manifest, out var problem))
            throw new InvalidDataException($"The stored manifest {stored.Digest} cannot be read: {problem}");
        return new Descriptor(stored.MediaType, stored.Digest, stored.Bytes.Length)
        {
            ArtifactType = manifest.ReferrerType,
            Annotations = manifest.Annotations,
        };
    }
}
