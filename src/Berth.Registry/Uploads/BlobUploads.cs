using Berth.Oci;
using Berth.Registry.Blobs;
using Berth.Registry.Storage;

namespace Berth.Registry.Uploads;

/// <summary>Upload sessions, from the first byte to the blob in its repository (OCI distribution specification 1.1, "Pushing blobs").</summary>
/// <remarks>
/// A session belongs to one repository. Its writers take turns. What is refused leaves the session as it was; what a lost connection cut off
/// keeps the bytes that arrived, unless the client had announced a range, which is taken whole or not at all.
/// </remarks>
public sealed class BlobUploads(IBlobStore content, IMetadataStore metadata, BlobLease lease, TimeProvider time)
{
    private readonly UploadTurns _turns = new(time);

    public async ValueTask<UploadId> BeginAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var id = UploadId.New();
        await using var upload = await content.BeginUploadAsync(id, cancellationToken);
        await metadata.AddUploadAsync(repository, id, time.GetUtcNow(), cancellationToken);
        return id;
    }

    /// <summary>How many bytes the session has.</summary>
    public async ValueTask<long> FindLengthAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(id, cancellationToken);
        await using var upload = await ResumeAsync(repository, id, cancellationToken);
        return upload.Length;
    }

    /// <returns>How many bytes the session has now.</returns>
    public async ValueTask<long> AppendAsync(RepositoryName repository, UploadId id, UploadChunk chunk, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(id, cancellationToken);
        await using var upload = await ResumeAsync(repository, id, cancellationToken);
        await AppendAsync(upload, chunk, keepWhatArrived: chunk.Range is null, cancellationToken);
        return upload.Length;
    }

    /// <summary>Appends the last chunk, which may be empty, and turns the session into a blob of the repository.</summary>
    public async ValueTask CompleteAsync(
        RepositoryName repository, UploadId id, UploadChunk last, Digest digest, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(id, cancellationToken);
        await using var upload = await ResumeAsync(repository, id, cancellationToken);
        var before = upload.Length;
        await AppendAsync(upload, last, keepWhatArrived: false, cancellationToken);
        var size = upload.Length;
        try
        {
            await upload.CommitAsync(digest, cancellationToken);
        }
        catch (OciException e) when (e.Error == OciError.DigestInvalid)
        {
            await upload.TruncateAsync(before, CancellationToken.None);
            throw;
        }

        await LinkAsync(repository, digest, size, id);
    }

    /// <summary>Takes a whole blob in one request, without a session that a client could come back to.</summary>
    public async ValueTask PutAsync(RepositoryName repository, Stream body, Digest digest, CancellationToken cancellationToken)
    {
        await using var upload = await content.BeginUploadAsync(UploadId.New(), cancellationToken);
        long size;
        try
        {
            size = await upload.AppendAsync(body, cancellationToken);
            await upload.CommitAsync(digest, cancellationToken);
        }
        catch
        {
            await upload.CancelAsync(CancellationToken.None);
            throw;
        }

        await LinkAsync(repository, digest, size, null);
    }

    public async ValueTask CancelAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(id, cancellationToken);
        await using var upload = await ResumeAsync(repository, id, cancellationToken);
        await EndAsync(repository, upload, cancellationToken);
    }

    /// <summary>Ends the sessions that nobody has written to for <paramref name="age"/> and frees their bytes.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> ExpireAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - age;
        var ended = 0;
        await foreach (var (id, lastWrite) in content.ListUploadsAsync(cancellationToken))
        {
            if (lastWrite < oldest
                && await metadata.FindUploadRepositoryAsync(id, cancellationToken) is { } repository
                && await EndIfStaleAsync(repository, id, oldest, cancellationToken))
                ended++;
        }

        return ended;
    }

    private async ValueTask<bool> EndIfStaleAsync(RepositoryName repository, UploadId id, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await _turns.TakeAsync(id, cancellationToken);
            await using var upload = await ResumeAsync(repository, id, cancellationToken);
            if (upload.LastWrite >= oldest)
                return false;
            await EndAsync(repository, upload, cancellationToken);
            return true;
        }
        catch (OciException)
        {
            // Its client came back just now: it is being written to, or was finished or cancelled.
            return false;
        }
    }

    /// <summary>The row first: a crash then leaves a file that nobody names, which the next start removes.</summary>
    private async ValueTask EndAsync(RepositoryName repository, IBlobUpload upload, CancellationToken cancellationToken)
    {
        await metadata.RemoveUploadAsync(repository, upload.Id, cancellationToken);
        await upload.CancelAsync(CancellationToken.None);
    }

    private static async ValueTask AppendAsync(IBlobUpload upload, UploadChunk chunk, bool keepWhatArrived, CancellationToken cancellationToken)
    {
        var before = upload.Length;
        chunk.RequireStart(before);
        try
        {
            chunk.RequireReceived(await upload.AppendAsync(chunk.Content, cancellationToken));
        }
        catch when (!keepWhatArrived)
        {
            await upload.TruncateAsync(before, CancellationToken.None);
            throw;
        }
    }

    private async ValueTask<IBlobUpload> ResumeAsync(RepositoryName repository, UploadId id, CancellationToken cancellationToken)
    {
        if (!await metadata.HasUploadAsync(repository, id, cancellationToken))
            throw new OciException(OciError.BlobUploadUnknown, id.ToString());
        return await content.ResumeUploadAsync(id, cancellationToken) ?? throw new OciException(OciError.BlobUploadUnknown, id.ToString());
    }

    /// <summary>Not cancelled when the client goes away: the bytes are durable already, only their row is missing.</summary>
    private async ValueTask LinkAsync(RepositoryName repository, Digest digest, long size, UploadId? id)
    {
        var link = new BlobLink(repository, digest, size, id, lease.Now, lease.Until);
        if (!await metadata.LinkBlobAsync(link, () => content.RestoreAsync(digest, CancellationToken.None), CancellationToken.None))
            throw new OciException(OciError.BlobUploadUnknown, $"{digest} was removed for good while it was pushed: push it again");
    }
}
