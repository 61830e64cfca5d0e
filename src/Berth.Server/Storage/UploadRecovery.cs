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
        foreach (var id in files)
        {
            await using var upload = await blobs.ResumeUploadAsync(id, cancellationToken);
            if (upload is not null)
                await upload.CancelAsync(cancellationToken);
        }

        return files.Count;
    }
}
