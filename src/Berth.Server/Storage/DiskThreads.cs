using System.Collections.Concurrent;

namespace Berth.Server.Storage;

/// <summary>
/// Threads that wait for the disk, so that those of the pool need not: however slow a sync is, requests go on being served, and enough
/// syncs are under way together for the file system to answer them with one journal write.
/// </summary>
internal sealed class DiskThreads : IDisposable
{
    private const int Count = 16;

    private readonly BlockingCollection<Task> _work = [];
    private bool _started;

    /// <summary>Runs <paramref name="work"/> on the next thread that is free. What awaits it goes on elsewhere.</summary>
    public Task RunAsync(Action work)
    {
        var task = new Task(work, TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(task);
        if (!Interlocked.Exchange(ref _started, true))
            Start();
        return task;
    }

    /// <summary>What was asked for is still done.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Start()
    {
        for (var i = 0; i < Count; i++)
            new Thread(Run) { IsBackground = true, Name = "disk" }.Start();
    }

    private void Run()
    {
        foreach (var task in _work.GetConsumingEnumerable())
            task.RunSynchronously(TaskScheduler.Default);
    }
}
