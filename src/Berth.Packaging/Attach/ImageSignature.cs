using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Attach;

/// <summary>Signs an image so that <c>cosign verify --key</c> finds it: a bundle that refers to the image.</summary>
/// <param name="repository">Where the image was pushed to.</param>
internal sealed class ImageSignature(Reference repository, RegistryClient registry, SigningKey key)
{
    private const int MostLookedAt = 64;

    /// <summary>An image that this key has signed already is not signed again.</summary>
    /// <param name="sourceDateEpoch">SOURCE_DATE_EPOCH as it stands in the environment.</param>
    /// <exception cref="PackException">The registry does not take the signature.</exception>
    public async Task<AttachResult> SignAsync(Digest image, string? sourceDateEpoch, CancellationToken cancellationToken)
    {
        try
        {
            var store = new ReferrerStore(registry, repository.Repository);
            var subject = await store.FindSubjectAsync(image, cancellationToken);
            if (await FindAsync(store, image, key.Verify, cancellationToken) is { } present)
                return new AttachResult(present, false, null);
            var layer = ReferrerLayer.OfBytes(SignatureBundle.MediaType, SignatureBundle.Create(image, key));
            var referrer = new Referrer(SignatureBundle.MediaType, subject, layer);
            referrer.Annotations["dev.sigstore.bundle.content"] = "dsse-envelope";
            referrer.Annotations["dev.sigstore.bundle.predicateType"] = SignedStatement.PredicateType;
            CreationTime.Put(referrer, sourceDateEpoch);
            var (digest, isNew) = await store.PutAsync(referrer, cancellationToken);
            return new AttachResult(digest, isNew, null);
        }
        catch (RegistryException e)
        {
            throw new PackException(PackFailure.Push, $"the signature of the image cannot be stored: {e.Message}", e);
        }
    }

    /// <summary>The first signature of an image that is good; null when there is none.</summary>
    /// <exception cref="RegistryException">The registry fails.</exception>
    public static async Task<Digest?> FindAsync(
        ReferrerStore store, Digest image, SignatureVerifier verify, CancellationToken cancellationToken)
    {
        foreach (var one in (await store.ListAsync(image, SignatureBundle.MediaType, cancellationToken)).Take(MostLookedAt))
        {
            var bundle = await store.ReadLayerAsync(one, SignatureBundle.MediaType, SignatureBundle.MaxBytes, cancellationToken);
            if (bundle is not null && SignatureBundle.IsOf(bundle, image, verify))
                return one.Digest;
        }

        return null;
    }
}
