using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Berth.Oci;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Pushes blobs while others are still being made ready. The first failure ends all of it.</summary>
internal sealed class ParallelPushes : IDisposable
{
    private readonly RepositoryPusher _pusher;
    private readonly SemaphoreSlim _places;
    private readonly CancellationToken _asked;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentDictionary<Digest, Task> _pushes = new();
    private Exception? _failure;

    public ParallelPushes(RepositoryPusher pusher, int places, CancellationToken cancellationToken)
    {
        _pusher = pusher;
        _places = new SemaphoreSlim(places);
        _asked = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Starts to push a blob, as soon as there is a place. The same blob twice is pushed once.</summary>
    public void Start(BlobToPush blob)
    {
        if (_pushes.TryAdd(blob.Blob.Digest, Task.CompletedTask))
            _pushes[blob.Blob.Digest] = PushAsync(blob);
        else
            blob.Content.Release();
    }

    /// <summary>Runs what starts pushes, and returns when they are all done.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read)
    {
        try
        {
            var result = await read(_stop.Token);
            await Task.WhenAll(_pushes.Values);
            ThrowFailure();
            return result;
        }
        catch (OperationCanceledException)
        {
            // Reading was stopped because a push had failed, which is what matters.
            ThrowFailure();
            throw;
        }
        finally
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_pushes.Values);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _places.Dispose();
    }

    private void ThrowFailure()
    {
        _asked.ThrowIfCancellationRequested();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    private async Task PushAsync(BlobToPush blob)
    {
        try
        {
            await _places.WaitAsync(_stop.Token);
            try
            {
                await _pusher.PushBlobAsync(blob, _stop.Token);
            }
            finally
            {
                _places.Release();
                blob.Content.Release();
            }
        }
        catch (Exception e)
        {
            // Kept for RunAsync; what the others say after that is only that they were stopped.
            Interlocked.CompareExchange(ref _failure, e, null);
            await _stop.CancelAsync();
        }
    }
}
