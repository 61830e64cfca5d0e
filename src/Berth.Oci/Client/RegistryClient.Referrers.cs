using System.Net;

namespace Berth.Oci.Client;

public sealed partial class RegistryClient
{
    private const int MostPages = 32;

    /// <summary>What refers to a manifest (OCI distribution specification 1.1, "Listing Referrers").</summary>
    /// <param name="artifactType">Only of this type.</param>
    /// <returns>Null when the registry has no referrers API: the tag that stands in for it has to be read then.</returns>
    public async Task<IReadOnlyList<Descriptor>?> ListReferrersAsync(
        RepositoryName repository, Digest subject, string artifactType, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        var target = $"/v2/{repository}/referrers/{subject}?artifactType={Uri.EscapeDataString(artifactType)}";
        for (var page = 0; page < MostPages; page++)
        {
            var request = new RegistryRequest(HttpMethod.Get, target, repository) { Accept = [MediaTypes.OciIndex] };
            using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound || response.Content.Headers.ContentType?.MediaType != MediaTypes.OciIndex)
                return null;
            var bytes = await _transport.Http.ReadBodyAsync(response, Manifest.MaxBytes, cancellationToken).ConfigureAwait(false);
            if (!Manifest.TryParse(bytes, MediaTypes.OciIndex, out var index, out var problem))
                throw Wrong($"does not answer with a list of referrers: {problem}");
            // A registry need not filter.
            found.AddRange(index.Manifests.Where(one => one.ArtifactType == artifactType));
            if (NextPage(response) is not { } next)
                break;
            target = next;
        }

        return found;
    }

    /// <summary>Stores a manifest with a subject under its digest.</summary>
    /// <returns>Whether the registry lists it among the referrers of its subject; if not, the tag that stands in for the list has to be kept.</returns>
    public async Task<bool> PutReferrerAsync(RepositoryName repository, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var reference = ManifestReference.To(Digest.Of(bytes.Span));
        var request = new RegistryRequest(HttpMethod.Put, ManifestPath(repository, reference), repository, Push: true);
        using var response = await SendManifestAsync(request, MediaTypes.OciManifest, bytes, cancellationToken).ConfigureAwait(false);
        return response.Headers.Contains("OCI-Subject");
    }

    /// <summary>Points a tag to another index, if the tag is still what it was when it was read and the registry knows such conditions.</summary>
    /// <param name="before">What was read; null when nothing was there.</param>
    /// <exception cref="RegistryException">It is something else meanwhile (status 412), or anything else fails.</exception>
    public async Task ReplaceIndexAsync(
        RepositoryName repository, Tag tag, ReadOnlyMemory<byte> bytes, FetchedManifest? before, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, ManifestPath(repository, ManifestReference.To(tag)), repository, Push: true)
        {
            IfMatch = before?.EntityTag,
            IfAbsent = before is null,
        };
        using var response = await SendManifestAsync(request, MediaTypes.OciIndex, bytes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendManifestAsync(
        RegistryRequest request, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var whole = request with { Content = () => new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new(mediaType) } } };
        var response = await _transport.SendAsync(whole, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        Expect(response, HttpStatusCode.Created, "manifest");
        if (AnnouncedDigest(response) is { } stored && stored != Digest.Of(bytes.Span, stored.Algorithm))
            throw Wrong($"stored the manifest of {request.Repository} as {stored}, which is not its digest");
        return response;
    }

    /// <summary>The address in a Link header with rel="next" (RFC 8288), if it leads to the same server.</summary>
    private static string? NextPage(HttpResponseMessage response)
    {
        var link = response.Headers.TryGetValues("Link", out var values) ? values.FirstOrDefault(value => value.Contains("rel=\"next\"", StringComparison.Ordinal)) : null;
        if (link is null || link.IndexOf('<') is not (>= 0 and var start) || link.IndexOf('>', start) is not (> 0 and var end))
            return null;
        var from = response.RequestMessage!.RequestUri!;
        return Uri.TryCreate(from, link[(start + 1)..end], out var next) && next.SameAs(from) ? next.PathAndQuery : null;
    }
}
