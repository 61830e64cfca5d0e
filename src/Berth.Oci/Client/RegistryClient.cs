using System.Net;

namespace Berth.Oci.Client;

/// <summary>A client of one registry (OCI distribution specification 1.1).</summary>
/// <remarks>
/// What is absent is null; every failure is a <see cref="RegistryException"/>.
/// Requests go out without a login first; what the registry then asks for is answered once. Manifests and blobs are checked against
/// their digests here, whatever the registry says about them. Safe for parallel use.
/// </remarks>
public sealed partial class RegistryClient : IDisposable
{
    private static readonly string[] ManifestTypes =
        [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerManifestList, MediaTypes.DockerManifest];

    private readonly RegistryTransport _transport;

    public RegistryClient(RegistryHost registry, ICredentialSource credentials, RegistryClientOptions? options = null)
    {
        Registry = registry;
        Options = options ?? new RegistryClientOptions();
        _transport = new RegistryTransport(registry, credentials, Options);
    }

    public RegistryHost Registry { get; }

    internal RegistryClientOptions Options { get; }

    /// <summary>Fetches a manifest and computes its digest; a difference from the digest asked for or announced is a failure.</summary>
    public async Task<FetchedManifest?> GetManifestAsync(
        RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, ManifestPath(repository, reference), repository) { Accept = ManifestTypes };
        using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        var bytes = await _transport.Http.ReadBodyAsync(response, Manifest.MaxBytes, cancellationToken).ConfigureAwait(false)
            ?? throw Wrong($"sends a manifest of more than {Manifest.MaxBytes} bytes for {repository}");
        var digest = Digest.Of(bytes, reference.Digest?.Algorithm ?? DigestAlgorithm.Sha256);
        if (reference.Digest is { } asked && asked != digest)
            throw Wrong($"sends a manifest for {asked} that has the digest {digest}: its storage or a proxy in between damaged it");
        if (AnnouncedDigest(response) is { } announced && announced != Digest.Of(bytes, announced.Algorithm))
            throw Wrong($"announces the digest {announced} and sends a manifest with another: something in between damaged it");
        var mediaType = response.Content.Headers.ContentType?.MediaType ?? DeclaredType(bytes);
        return new FetchedManifest(digest, mediaType, bytes) { EntityTag = response.Headers.ETag?.ToString() };
    }

    /// <summary>Type, digest and size of a manifest. Where the registry does not announce them, the manifest is fetched.</summary>
    public async Task<Descriptor?> HeadManifestAsync(
        RepositoryName repository, ManifestReference reference, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Head, ManifestPath(repository, reference), repository) { Accept = ManifestTypes };
        using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        var content = response.Content.Headers;
        if (AnnouncedDigest(response) is { } digest && content is { ContentType.MediaType: { } mediaType, ContentLength: { } length }
            && (reference.Digest is not { } asked || asked.Algorithm == digest.Algorithm))
        {
            return reference.Digest is null || reference.Digest == digest
                ? new Descriptor(mediaType, digest, length)
                : throw Wrong($"announces the digest {digest} for the manifest {reference}");
        }

        return await GetManifestAsync(repository, reference, cancellationToken).ConfigureAwait(false) is { } manifest
            ? new Descriptor(manifest.MediaType, manifest.Digest, manifest.Bytes.Length)
            : null;
    }

    /// <summary>The length of a blob in bytes.</summary>
    public async Task<long?> FindBlobAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Head, BlobPath(repository, digest), repository);
        using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        return response.Content.Headers.ContentLength ?? throw Wrong($"does not say how long the blob {digest} is");
    }

    /// <summary>A blob as a stream. The read that meets its end throws when the content is not what the digest says.</summary>
    /// <param name="size">The length it must have, in bytes, where that is known.</param>
    public async Task<Stream?> OpenBlobAsync(
        RepositoryName repository, Digest digest, CancellationToken cancellationToken, long? size = null)
    {
        var request = new RegistryRequest(HttpMethod.Get, BlobPath(repository, digest), repository);
        var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            response.Dispose();
            return null;
        }

        var body = await _transport.Http.OpenBodyAsync(response, cancellationToken).ConfigureAwait(false);
        return new VerifiedStream(body, digest, size ?? response.Content.Headers.ContentLength, Registry.ToString());
    }

    public void Dispose() => _transport.Dispose();

    private static string ManifestPath(RepositoryName repository, ManifestReference reference) => $"/v2/{repository}/manifests/{reference}";

    private static string BlobPath(RepositoryName repository, Digest digest) => $"/v2/{repository}/blobs/{digest}";

    private Digest? AnnouncedDigest(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Docker-Content-Digest", out var values))
            return null;
        return Digest.TryParse(values.First(), out var digest)
            ? digest
            : throw Wrong("announces a digest that is none (Docker-Content-Digest)");
    }

    private string DeclaredType(byte[] bytes) => Manifest.TryParse(bytes, null, out var manifest, out var problem)
        ? manifest.MediaType
        : throw Wrong($"sends a manifest without a type, and {problem}");

    private RegistryException Wrong(string what) => new(RegistryFailure.Protocol, $"{Registry} {what}");
}
