using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>Finds files that no row needs: what crashes left behind, what was healed, what came back from the trash.</summary>
/// <remarks>
/// A file without a row may also be a push that is just about to write it, so only old ones count, and each is asked for again while nobody
/// can link content.
/// </remarks>
/// <param name="trashTime">How long what is taken out of use is kept.</param>
public sealed class StrayFiles(IScrubStore metadata, IScrubContent content, TimeSpan trashTime, Action<ScrubFinding> tell, TimeProvider time)
{
    /// <summary>How long a push may take from its file to its row, with a wide margin.</summary>
    public static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    public async Task RunAsync(ScrubReport report, CancellationToken cancellationToken)
    {
        if (await metadata.IsBackupRunningAsync(time.GetUtcNow(), cancellationToken))
            return;
        await TrashOrphansAsync(report, cancellationToken);
        await RemoveAsync(Place.Trash, needed: BlobState.Trashed, report, cancellationToken);
        await RemoveAsync(Place.Quarantine, needed: BlobState.Damaged, report, cancellationToken);
    }

    private async Task TrashOrphansAsync(ScrubReport report, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - OrphanAge;
        foreach (var files in content.List(Place.Blobs))
        {
            var stray = await FindAsync(files, before, state => state is BlobState.Unknown or BlobState.Trashed, cancellationToken);
            foreach (var digest in await ActAsync(
                stray, (digest, state) => state is BlobState.Unknown or BlobState.Trashed && content.Trash(digest, before), cancellationToken))
            {
                var size = files.First(file => file.Digest == digest).Size;
                report.Orphans++;
                report.OrphanBytes += size;
                tell(new ScrubFinding(ScrubFindingKind.Orphan, digest, size));
            }
        }
    }

    private async Task RemoveAsync(Place place, BlobState needed, ScrubReport report, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - trashTime;
        foreach (var files in content.List(place))
        {
            var stray = await FindAsync(files, before, state => state != needed, cancellationToken);
            report.Removed += (await ActAsync(
                stray, (digest, state) => state != needed && content.Remove(place, digest, before), cancellationToken)).Count;
        }
    }

    private async ValueTask<IReadOnlyList<Digest>> FindAsync(
        IReadOnlyList<StoredFile> files, DateTimeOffset before, Predicate<BlobState> isStray, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var old = files.Where(file => file.Since <= before).Select(file => file.Digest).ToList();
        if (old.Count == 0)
            return old;
        var states = await metadata.FindStatesAsync(old, cancellationToken);
        return old.FindAll(digest => isStray(states[digest]));
    }

    private async ValueTask<IReadOnlyList<Digest>> ActAsync(
        IReadOnlyList<Digest> digests, Func<Digest, BlobState, bool> act, CancellationToken cancellationToken) =>
        digests.Count == 0 ? [] : await metadata.WhileAsync(digests, act, cancellationToken);
}
