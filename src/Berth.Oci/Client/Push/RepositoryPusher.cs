namespace Berth.Oci.Client.Push;

/// <summary>Brings blobs and manifests into one repository, and lasts through the registry's bad moments. Safe for parallel use.</summary>
public sealed class RepositoryPusher
{
    private readonly RegistryClient _client;
    private readonly RepositoryName _repository;
    private readonly PushRun _run;

    public RepositoryPusher(RegistryClient client, RepositoryName repository, IBlobPushObserver observer, PushLimits? limits = null)
    {
        _client = client;
        _repository = repository;
        _run = new PushRun(limits ?? new PushLimits(), client.Options.TimeProvider, observer);
    }

    /// <summary>Whether the repository has the blob, whole.</summary>
    /// <exception cref="RegistryException">That cannot be found out.</exception>
    public async Task<bool> HasAsync(Descriptor blob, CancellationToken cancellationToken) =>
        await _run.Budget($"the question for {blob.Digest}")
            .RunAsync(() => _client.FindBlobAsync(_repository, blob.Digest, cancellationToken), cancellationToken).ConfigureAwait(false) == blob.Size;

    /// <summary>Makes the repository have the blob: by nothing, by a mount, or by an upload.</summary>
    /// <exception cref="RegistryException">The registry refused it, or failed too often.</exception>
    public async Task<BlobOutcome> PushBlobAsync(BlobToPush blob, CancellationToken cancellationToken)
    {
        if (await HasAsync(blob.Blob, cancellationToken).ConfigureAwait(false))
        {
            _run.Observer.Skipped(blob.Blob);
            return BlobOutcome.Present;
        }

        var session = await _run.Budget($"the start of the upload of {blob.Blob.Digest}")
            .RunAsync(() => BeginAsync(blob, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            _run.Observer.Mounted(blob.Blob);
            return BlobOutcome.Mounted;
        }

        await PrepareAsync(blob, cancellationToken).ConfigureAwait(false);
        _run.Observer.Started(blob.Blob);
        await new BlobUpload(_client, _repository, blob, _run).RunAsync(session, cancellationToken).ConfigureAwait(false);
        _run.Observer.Done(blob.Blob);
        return BlobOutcome.Uploaded;
    }

    /// <summary>Stores a manifest, byte for byte.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="RegistryException">The registry refused it, or failed too often.</exception>
    public Task<Digest> PushManifestAsync(
        ManifestReference reference, string mediaType, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _run.Budget("the push of the manifest")
            .RunAsync(() => _client.PutManifestAsync(_repository, reference, mediaType, bytes, cancellationToken), cancellationToken);

    /// <summary>What is made ready may come from another registry, which has bad moments too.</summary>
    private Task<bool> PrepareAsync(BlobToPush blob, CancellationToken cancellationToken) => _run.Budget($"the reading of {blob.Blob.Digest}").RunAsync(
        async () =>
        {
            await blob.Content.PrepareAsync(cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>A mount costs no request more than the start of an upload, so one is always tried.</summary>
    private async Task<UploadSession?> BeginAsync(BlobToPush blob, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.BeginUploadAsync(_repository, blob.Blob.Digest, blob.From, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.Reason is RegistryFailure.Protocol or RegistryFailure.NotFound
            || (blob.From is not null && e.Reason is RegistryFailure.Unauthorized or RegistryFailure.Denied))
        {
            // The registry knows no such mount, or this login may not read there. If it was something else, the next answer says so.
            return await _client.BeginUploadAsync(_repository, mount: null, from: null, cancellationToken).ConfigureAwait(false);
        }
    }
}
