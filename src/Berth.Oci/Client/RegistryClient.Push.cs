using System.Net;

namespace Berth.Oci.Client;

public sealed partial class RegistryClient
{
    private const string OctetStream = "application/octet-stream";

    /// <summary>Finds out whether this login may push, by starting an upload and cancelling it.</summary>
    public async Task CheckPushAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var upload = await StartUploadAsync(repository, cancellationToken).ConfigureAwait(false);
        await CancelUploadAsync(repository, upload, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads a blob, unless the repository has it.</summary>
    /// <param name="open">Opens the content; may be called again when a login has to be renewed.</param>
    public async Task PushBlobAsync(RepositoryName repository, Descriptor blob, Func<Stream> open, CancellationToken cancellationToken)
    {
        if (await FindBlobAsync(repository, blob.Digest, cancellationToken).ConfigureAwait(false) == blob.Size)
            return;
        var upload = await StartUploadAsync(repository, cancellationToken).ConfigureAwait(false);
        var target = $"{upload.AbsoluteUri}{(upload.Query.Length == 0 ? '?' : '&')}digest={Uri.EscapeDataString(blob.Digest.ToString())}";
        var request = new RegistryRequest(HttpMethod.Put, target, repository, Push: true)
        {
            Content = () => new UploadContent(open, blob.Size, OctetStream),
        };
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        Expect(response, HttpStatusCode.Created, $"upload of {blob.Digest}");
    }

    /// <summary>Makes a blob of another repository of this registry part of <paramref name="repository"/> too.</summary>
    /// <returns>Whether the registry did so; where not, the blob has to be uploaded.</returns>
    public async Task<bool> MountBlobAsync(
        RepositoryName repository, Digest digest, RepositoryName from, CancellationToken cancellationToken)
    {
        var query = $"mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(from.ToString())}";
        var target = $"{UploadsPath(repository)}?{query}";
        var request = new RegistryRequest(HttpMethod.Post, target, repository, Push: true) { From = from };
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.Created)
            return true;
        Expect(response, HttpStatusCode.Accepted, "mount");
        await CancelUploadAsync(repository, _transport.Location(response), cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>Stores a manifest, byte for byte.</summary>
    /// <returns>Its digest.</returns>
    public async Task<Digest> PutManifestAsync(
        RepositoryName repository, ManifestReference reference, string mediaType, ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, ManifestPath(repository, reference), repository, Push: true);
        using var response = await SendManifestAsync(request, mediaType, bytes, cancellationToken).ConfigureAwait(false);
        return Digest.Of(bytes.Span, reference.Digest?.Algorithm ?? DigestAlgorithm.Sha256);
    }

    private async Task<Uri> StartUploadAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Post, UploadsPath(repository), repository, Push: true);
        using var response = await _transport.SendAsync(request, absentIsAnswer: false, cancellationToken).ConfigureAwait(false);
        Expect(response, HttpStatusCode.Accepted, "start of an upload");
        return _transport.Location(response);
    }

    private async Task CancelUploadAsync(RepositoryName repository, Uri upload, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Delete, upload.AbsoluteUri, repository, Push: true);
        try
        {
            using var response = await _transport.SendAsync(request, absentIsAnswer: true, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException)
        {
            // Some registries know no way to cancel, others want the right to delete for it. They drop the upload after a while.
        }
    }

    private static string UploadsPath(RepositoryName repository) => $"/v2/{repository}/blobs/uploads/";

    private void Expect(HttpResponseMessage response, HttpStatusCode expected, string what)
    {
        if (response.StatusCode != expected)
            throw Wrong($"answers the {what} with status {(int)response.StatusCode} where {(int)expected} is expected");
    }
}
