using System.Net;
using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Attach;

/// <summary>
/// The tag that stands in for the list of referrers where a registry has none (OCI distribution specification 1.1, "Referrers Tag Schema"). It is
/// kept by the clients, so that several of them may want to change it at once.
/// </summary>
internal sealed class ReferrersTag(RegistryClient registry, RepositoryName repository, Digest subject)
{
    private const int MostAttempts = 8;
    private const int LongestAlgorithm = 32;
    private const int LongestHex = 64;

    private readonly Tag _tag = NameFor(subject);

    public static Tag NameFor(Digest subject)
    {
        var algorithm = subject.Algorithm.Name();
        var hex = subject.Hex;
        return Tag.Parse($"{algorithm[..Math.Min(algorithm.Length, LongestAlgorithm)]}-{hex[..Math.Min(hex.Length, LongestHex)]}");
    }

    /// <summary>The listed referrers of a type; empty when there is no list.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(string artifactType, CancellationToken cancellationToken)
    {
        var (_, index) = await ReadAsync(cancellationToken);
        return [.. index.Entries.Where(entry => entry.ArtifactType == artifactType)];
    }

    /// <summary>Adds a referrer to what is listed. Nothing is written when it is there.</summary>
    /// <exception cref="RegistryException">Others change the list all the time, it is no list, or the registry fails.</exception>
    public async Task AddAsync(Descriptor referrer, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (before, index) = await ReadAsync(cancellationToken);
            if (index.Contains(referrer.Digest))
                return;
            try
            {
                await registry.ReplaceIndexAsync(repository, _tag, index.With(referrer), before, cancellationToken);
            }
            catch (RegistryException e) when (e.Status is HttpStatusCode.PreconditionFailed)
            {
                // Somebody else was faster. What is there now is read again.
            }

            // Where the registry knows no conditions, somebody may have overwritten it meanwhile: the next turn looks.
        }

        throw new RegistryException(
            RegistryFailure.Protocol, $"{repository}:{_tag}, the list of what belongs to the image, is changed by others all the time: try again later");
    }

    private async Task<(FetchedManifest? Stored, ReferrersTagIndex Index)> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await registry.GetManifestAsync(repository, ManifestReference.To(_tag), cancellationToken);
        if (stored is null)
            return (null, ReferrersTagIndex.Empty);
        return ReferrersTagIndex.TryParse(stored.Bytes.Span, out var index)
            ? (stored, index)
            : throw new RegistryException(
                RegistryFailure.Protocol, $"{repository}:{_tag} is no list of what belongs to the image, and is left as it is: remove that tag");
    }
}
