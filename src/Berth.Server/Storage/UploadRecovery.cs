using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Ends, before the first request, what a crash left of uploads: a file without a session, or a session without a file.</summary>
/// <remarks>Neither was ever of use to a client. Uploads that have both go on where they stopped.</remarks>
internal static class UploadRecovery
{
    /// <summary>Only for the process that has the data directory's lock.</summary>
    /// <returns>The number of files removed.</returns>
    public static async Task<int> RunAsync(IBlobStore blobs, SqliteMetadataStore metadata, CancellationToken cancellationToken)
    {
        var files = new HashSet<UploadId>();
        await foreach (var (id, _) in blobs.ListUploadsAsync(cancellationToken))
            files.Add(id);
        files.ExceptWith(await metadata.RetainUploadsAsync(files, cancellationToken));
        var removed = 0;
        foreach (var id in files)
        {
            if (await TryRemoveAsync(blobs, id, cancellationToken))
                removed++;
        }

        return removed;
    }

    /// <summary>A command that heals content writes to a file of its own, and is no crash.</summary>
    private static async ValueTask<bool> TryRemoveAsync(IBlobStore blobs, UploadId id, CancellationToken cancellationToken)
    {
        try
        {
            await using var upload = await blobs.ResumeUploadAsync(id, cancellationToken);
            if (upload is not null)
                await upload.CancelAsync(cancellationToken);
            return true;
        }
        catch (OciException e) when (e.Error == OciError.BlobUploadInvalid)
        {
            return false;
        }
    }
}
