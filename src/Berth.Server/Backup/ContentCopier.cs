using Berth.Server.Storage;

namespace Berth.Server.Backup;

/// <summary>Copies content out of a data directory whose server goes on working.</summary>
/// <param name="scratch">A directory on the file system of the backups that nobody else uses.</param>
internal sealed class ContentCopier(DataDirectory data, BackupContent store, string scratch, bool link)
{
    /// <exception cref="IOException">The backup cannot be written.</exception>
    public ContentState Copy(Content content, CancellationToken cancellationToken)
    {
        // Collection may be moving it into the trash at this moment, and a push may be bringing it back.
        foreach (var root in new[] { data.Blobs, data.Trash, data.Blobs })
        {
            if (CopyFrom(BackupContent.PathIn(root, content.Digest), content, cancellationToken) is { } state)
                return state;
        }

        return ContentState.Missing;
    }

    /// <summary>Null when there is nothing at that path.</summary>
    private ContentState? CopyFrom(string path, Content content, CancellationToken cancellationToken)
    {
        var (file, problem) = VerifiedCopy.TryOpen(path);
        if (file is null)
            return problem is ContentState.Missing ? null : problem;
        using var closed = file;
        var temporary = Path.Combine(scratch, content.Digest.Hex.ToString());
        var state = link && FileClone.TryLink(path, temporary)
            ? VerifiedCopy.Check(temporary, content, cancellationToken)
            : VerifiedCopy.Write(file, temporary, content, cancellationToken);
        if (state is ContentState.Good)
            store.Place(temporary, content.Digest);
        else
            File.Delete(temporary);
        return state;
    }
}
