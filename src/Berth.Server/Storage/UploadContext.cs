namespace Berth.Server.Storage;

/// <summary>What all uploads of a store share.</summary>
internal sealed class UploadContext(BlobLayout layout, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Commits wait for the disk on threads of their own, and only so many at a time: the thread pool stays free for requests however slow
    /// the disk is, and enough syncs are under way together for the file system to answer them with one journal write.
    /// </summary>
    private const int ParallelCommits = 16;

    private readonly SemaphoreSlim _commits = new(ParallelCommits);

    public BlobLayout Layout => layout;

    public TimeProvider Time => time;

    public ParkedHashes Hashes { get; } = new();

    public async Task RunCommitAsync(Action commit, CancellationToken cancellationToken)
    {
        await _commits.WaitAsync(cancellationToken);
        try
        {
            await Task.Factory.StartNew(commit, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _commits.Release();
        }
    }

    public void Dispose()
    {
        Hashes.Dispose();
        _commits.Dispose();
    }
}
