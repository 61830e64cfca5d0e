using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Attach;

/// <summary>Stores referrers of the images of a repository, and finds those that are there, with the registry's list or the tag in its place.</summary>
internal sealed class ReferrerStore(RegistryClient registry, RepositoryName repository)
{
    /// <summary>Type, digest and size of an image in this repository.</summary>
    /// <exception cref="RegistryException">It is not there.</exception>
    public async Task<Descriptor> FindSubjectAsync(Digest image, CancellationToken cancellationToken) =>
        await registry.HeadManifestAsync(repository, ManifestReference.To(image), cancellationToken)
        ?? throw new RegistryException(RegistryFailure.NotFound, $"{registry.Registry}/{repository}@{image} is not there");

    public async Task<IReadOnlyList<Descriptor>> ListAsync(Digest subject, string artifactType, CancellationToken cancellationToken) =>
        await registry.ListReferrersAsync(repository, subject, artifactType, cancellationToken)
        ?? await new ReferrersTag(registry, repository, subject).ListAsync(artifactType, cancellationToken);

    /// <returns>The digest of the artifact, and whether anything had to be stored for it.</returns>
    public async Task<(Digest Digest, bool IsNew)> PutAsync(Referrer referrer, CancellationToken cancellationToken)
    {
        var bytes = referrer.ToManifest();
        var digest = Digest.Of(bytes.Span);
        var subject = referrer.Subject.Digest;
        if (await registry.HeadManifestAsync(repository, ManifestReference.To(digest), cancellationToken) is not null
            && (await ListAsync(subject, referrer.ArtifactType, cancellationToken)).Any(one => one.Digest == digest))
            return (digest, false);
        foreach (var blob in new[] { Referrer.EmptyConfig, referrer.Layer })
            await registry.PushBlobAsync(repository, blob.Descriptor, blob.Open, cancellationToken);
        var isListed = await registry.PutReferrerAsync(repository, bytes, cancellationToken);
        if (!isListed)
            await new ReferrersTag(registry, repository, subject).AddAsync(Entry(referrer, digest, bytes.Length), cancellationToken);
        return (digest, true);
    }

    /// <summary>A small artifact's only layer; null when it is larger than that, or is none of such a form.</summary>
    public async Task<byte[]?> ReadLayerAsync(Descriptor referrer, string mediaType, int most, CancellationToken cancellationToken)
    {
        if (await FindLayerAsync(referrer, mediaType, cancellationToken) is not { } layer || layer.Size > most)
            return null;
        await using var content = await registry.OpenBlobAsync(repository, layer.Digest, cancellationToken, layer.Size);
        if (content is null)
            return null;
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>An artifact's only layer; null when it is none of such a form.</summary>
    public async Task<Descriptor?> FindLayerAsync(Descriptor referrer, string mediaType, CancellationToken cancellationToken)
    {
        var stored = await registry.GetManifestAsync(repository, ManifestReference.To(referrer.Digest), cancellationToken);
        return stored is not null && Manifest.TryParse(stored.Bytes.Span, stored.MediaType, out var manifest, out _)
            && manifest.Layers is [{ } layer] && layer.MediaType == mediaType ? layer : null;
    }

    private static Descriptor Entry(Referrer referrer, Digest digest, int size) => new(MediaTypes.OciManifest, digest, size)
    {
        ArtifactType = referrer.ArtifactType,
        Annotations = referrer.Annotations,
    };
}
