using System.Net;

namespace Berth.Oci.Client.Push;

/// <summary>Sends one blob: in one request, or in chunks that go on where a broken connection left the registry.</summary>
internal sealed class BlobUpload(RegistryClient client, RepositoryName repository, BlobToPush blob, PushRun run)
{
    private const string OctetStream = "application/octet-stream";

    private readonly RetryBudget _budget = run.Budget($"the upload of {blob.Blob.Digest}");
    private bool _inChunks;

    private Descriptor Blob => blob.Blob;

    /// <param name="session">One that has just been begun; it is used once.</param>
    public async Task RunAsync(UploadSession session, CancellationToken cancellationToken)
    {
        var current = (UploadSession?)session;
        while (current is not null)
        {
            try
            {
                await SendAsync(current, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RegistryException e) when (_inChunks && RefusesChunks(e, current))
            {
                run.Chunks = false;
                current = await BeginAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException e) when (RetryBudget.MayPass(e) || (_inChunks && LostItsPlace(e)))
            {
                await _budget.WaitAsync(e, current.Offset, cancellationToken).ConfigureAwait(false);
                current = await GoOnAsync(current, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SendAsync(UploadSession session, CancellationToken cancellationToken)
    {
        _inChunks = run.Chunks && (Blob.Size > run.Limits.OneRequest || session.Offset > 0);
        if (!_inChunks)
        {
            await client.CommitUploadAsync(repository, session, Blob.Digest, () => Content(0, Blob.Size), cancellationToken).ConfigureAwait(false);
            return;
        }

        while (session.Offset < Blob.Size)
        {
            var offset = session.Offset;
            var length = Math.Min(Math.Max(run.Limits.Chunk, session.LeastChunk), Blob.Size - offset);
            await client.PatchUploadAsync(repository, session, () => Content(offset, length), length, cancellationToken).ConfigureAwait(false);
        }

        await client.CommitUploadAsync(repository, session, Blob.Digest, content: null, cancellationToken).ConfigureAwait(false);
    }

    private UploadContent Content(long offset, long length) =>
        new(() => blob.Content.OpenAt(offset), length, OctetStream, isPart: true, sent => run.Observer.Progress(Blob, offset + sent));

    /// <returns>Null when the last answer was lost, and the blob is there.</returns>
    private async Task<UploadSession?> GoOnAsync(UploadSession session, CancellationToken cancellationToken) =>
        await _budget.RunAsync(
            async () => _inChunks && await client.AskUploadAsync(repository, session, cancellationToken).ConfigureAwait(false)
                && session.Offset <= Blob.Size
                ? session
                : await StartAgainAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

    private async Task<UploadSession?> StartAgainAsync(CancellationToken cancellationToken) =>
        await client.FindBlobAsync(repository, Blob.Digest, cancellationToken).ConfigureAwait(false) == Blob.Size
            ? null
            : await client.BeginUploadAsync(repository, mount: null, from: null, cancellationToken).ConfigureAwait(false);

    private Task<UploadSession?> BeginAsync(CancellationToken cancellationToken) => _budget.RunAsync(
        () => client.BeginUploadAsync(repository, mount: null, from: null, cancellationToken), cancellationToken);

    /// <summary>The upload is gone, or is somewhere else than we think.</summary>
    private static bool LostItsPlace(RegistryException e) =>
        e.Status is HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.NotFound;

    /// <summary>Registries that know no PATCH, or put chunks together wrongly, do take one large request.</summary>
    private static bool RefusesChunks(RegistryException e, UploadSession session) => e.Status switch
    {
        null => e.Reason is RegistryFailure.Protocol,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.TooManyRequests => false,
        HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.NotFound => session.Offset == 0,
        HttpStatusCode.NotImplemented => true,
        var status => (int)status < 500,
    };
}
