using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Uploads;

/// <summary>Gives the writers of one upload session their turns, one at a time; sessions do not wait for each other.</summary>
internal sealed class UploadTurns(TimeProvider time)
{
    /// <summary>Long enough for a chunk to end, short enough that a client behind a dead connection is told.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<UploadId, Queue> _queues = [];

    /// <summary>Waits for the turn, which ends when the result is disposed.</summary>
    /// <exception cref="OciException"><see cref="OciError.BlobUploadOutOfOrder"/>: somebody else is writing and does not come to an end.</exception>
    public async ValueTask<IDisposable> TakeAsync(UploadId id, CancellationToken cancellationToken)
    {
        var queue = Join(id);
        try
        {
            if (!queue.Gate.Wait(TimeSpan.Zero, CancellationToken.None))
                await WaitAsync(queue, cancellationToken);
            return new Turn(this, id, queue);
        }
        catch (OperationCanceledException)
        {
            Leave(id, queue);
            cancellationToken.ThrowIfCancellationRequested();
            throw new OciException(OciError.BlobUploadOutOfOrder, "another request is still writing to this upload");
        }
    }

    private async Task WaitAsync(Queue queue, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await queue.Gate.WaitAsync(either.Token);
    }

    private Queue Join(UploadId id)
    {
        lock (_queues)
        {
            if (!_queues.TryGetValue(id, out var queue))
                _queues.Add(id, queue = new Queue());
            queue.Members++;
            return queue;
        }
    }

    private void Leave(UploadId id, Queue queue)
    {
        lock (_queues)
        {
            if (--queue.Members > 0)
                return;
            _queues.Remove(id);
            queue.Gate.Dispose();
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Who holds the turn or waits for it.</summary>
        public int Members { get; set; }
    }

    private sealed class Turn(UploadTurns turns, UploadId id, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Gate.Release();
            turns.Leave(id, queue);
        }
    }
}
