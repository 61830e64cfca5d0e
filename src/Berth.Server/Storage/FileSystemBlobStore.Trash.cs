using Berth.Oci;

namespace Berth.Server.Storage;

/// <summary>Content on its way out, each step a rename.</summary>
/// <remarks>None of it is synced but what comes back: a power cut leaves a file where it was before, and its row says what it is.</remarks>
internal sealed partial class FileSystemBlobStore
{
    public ValueTask TrashAsync(Digest digest, CancellationToken cancellationToken)
    {
        var trash = Layout.TrashPathOf(digest);
        PrivateFile.CreateDirectory(Path.GetDirectoryName(trash)!);
        DurableFiles.TryRename(Layout.PathOf(digest), trash);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> RestoreAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (File.Exists(Layout.PathOf(digest)))
            return ValueTask.FromResult(true);
        var trash = Layout.TrashPathOf(digest);
        if (!File.Exists(trash))
            return ValueTask.FromResult(false);
        var shard = Layout.DurableShardOf(digest);
        DurableFiles.Rename(trash, Layout.PathOf(digest));
        DurableFiles.SyncDirectory(shard);
        return ValueTask.FromResult(true);
    }

    public ValueTask PurgeAsync(Digest digest, CancellationToken cancellationToken)
    {
        PrivateFile.CreateDirectory(Layout.Purged);
        DurableFiles.TryRename(Layout.TrashPathOf(digest), Path.Combine(Layout.Purged, Guid.NewGuid().ToString("N")));
        return ValueTask.CompletedTask;
    }

    /// <summary>Not on a thread of the pool: freeing bytes may wait for the disk for long.</summary>
    public async ValueTask EmptyAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Layout.Purged))
            await _context.Disk.RunAsync(() => Empty(cancellationToken));
    }

    private void Empty(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(Layout.Purged))
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Delete(file);
        }
    }
}
