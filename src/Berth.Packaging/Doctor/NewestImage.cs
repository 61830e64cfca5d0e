using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Doctor;

/// <summary>An image that a repository has already, to prove a pull with.</summary>
internal sealed record NewestImage(Tag Tag, Digest Digest)
{
    /// <summary>Tags that hold signatures and lists of referrers, and no images.</summary>
    private const string OfReferrers = "sha256-";

    private const int MostTags = 10_000;

    /// <returns>Null when the repository has none, or does not show it to this client.</returns>
    public static async Task<NewestImage?> FindAsync(RegistryClient registry, RepositoryName repository, CancellationToken cancellationToken)
    {
        try
        {
            var tags = await registry.ListTagsAsync(repository, MostTags, cancellationToken);
            if (Newest(tags) is not { } tag)
                return null;
            var found = await registry.HeadManifestAsync(repository, ManifestReference.To(tag), cancellationToken);
            return found is null ? null : new NewestImage(tag, found.Digest);
        }
        catch (RegistryException)
        {
            return null;
        }
    }

    /// <summary>Registries do not say when a tag was made; the highest version is the likeliest.</summary>
    internal static Tag? Newest(IEnumerable<Tag> tags) => tags
        .Where(tag => !tag.ToString().StartsWith(OfReferrers, StringComparison.Ordinal))
        .OrderBy(tag => tag.ToString(), VersionOrder.Instance)
        .Select(tag => (Tag?)tag)
        .LastOrDefault();
}
