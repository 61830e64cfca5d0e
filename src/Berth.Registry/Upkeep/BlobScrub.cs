namespace Berth.Registry.Upkeep;

/// <summary>Reads all live content and compares it with its records, a little at a time.</summary>
/// <param name="looked">Called for every blob.</param>
public sealed class BlobScrub(IScrubStore metadata, DamagedContent damaged, Action looked, TimeProvider time)
{
    private const int PageSize = 256;

    /// <summary>After a crash, what was read since is read again.</summary>
    internal static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(5);

    /// <summary>Goes on where <paramref name="progress"/> is, to the end. Cancelling it is no loss: what was read is noted.</summary>
    public async Task RunAsync(ScrubProgress progress, ReadPace pace, CancellationToken cancellationToken)
    {
        var sound = new List<long>();
        try
        {
            IReadOnlyList<KnownBlob> page;
            while ((page = await metadata.ListBlobsAsync(progress.Position, PageSize, cancellationToken)).Count > 0)
            {
                await RunAsync(page, progress, sound, pace, cancellationToken);
                await SaveAsync(progress, sound, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await SaveAsync(progress, sound, CancellationToken.None);
            throw;
        }
    }

    private async Task RunAsync(
        IReadOnlyList<KnownBlob> page, ScrubProgress progress, List<long> sound, ReadPace pace, CancellationToken cancellationToken)
    {
        var saved = time.GetTimestamp();
        foreach (var blob in page)
        {
            if (await damaged.CheckAsync(blob, progress.Report, pace, cancellationToken))
                sound.Add(blob.Id);
            progress.Position = blob.Id;
            looked();
            if (time.GetElapsedTime(saved) < SaveInterval)
                continue;
            await SaveAsync(progress, sound, cancellationToken);
            saved = time.GetTimestamp();
        }
    }

    private async ValueTask SaveAsync(ScrubProgress progress, List<long> sound, CancellationToken cancellationToken)
    {
        await metadata.SaveAsync(progress, sound, time.GetUtcNow(), cancellationToken);
        sound.Clear();
    }
}
