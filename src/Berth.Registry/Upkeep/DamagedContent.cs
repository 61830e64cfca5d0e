using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>Looks whether content is what its record says, takes it out of use when it is not, and brings it back from wherever it can.</summary>
/// <remarks>
/// The row comes first, the file second: a crash between the two leaves a file in use that the next pass finds by its row. Both are
/// re-checked while nobody can link content, because a push may have healed it since it was read.
/// </remarks>
public sealed class DamagedContent(
    IScrubStore metadata, IScrubContent content, IPeerContent peers, Action<ScrubFinding> tell, TimeProvider time)
{
    /// <summary>Looks at one blob, and counts it in <paramref name="report"/>.</summary>
    /// <returns>Whether its bytes are right, and were before.</returns>
    public async ValueTask<bool> CheckAsync(KnownBlob blob, ScrubReport report, ReadPace pace, CancellationToken cancellationToken)
    {
        var found = await FindAsync(blob, pace, cancellationToken);
        report.Checked++;
        if (found.Health is not Health.Missing)
            report.Bytes += blob.Size;
        if (found.Health is Health.Sound)
        {
            if (!blob.IsDamaged)
                return true;
            await HealedAsync(blob, null, report, cancellationToken);
            return false;
        }

        if (await metadata.MarkDamagedAsync(blob.Digest, time.GetUtcNow(), () => content.IsUnchanged(blob.Digest, found), cancellationToken))
            await RepairAsync(blob, found, report, cancellationToken);
        return false;
    }

    private async ValueTask<CheckedFile> FindAsync(KnownBlob blob, ReadPace pace, CancellationToken cancellationToken)
    {
        var found = await content.CheckAsync(blob, fromDisk: false, pace, cancellationToken);
        if (found.Health is Health.Missing && await RestoreAsync(blob.Digest, cancellationToken))
            found = await content.CheckAsync(blob, fromDisk: false, pace, cancellationToken);
        if (found.Health is not Health.Corrupt)
            return found;
        found = await content.CheckAsync(blob, fromDisk: true, pace, cancellationToken);
        if (found.Health is Health.Sound)
            tell(new ScrubFinding(ScrubFindingKind.ReadWrongOnce, blob.Digest, blob.Size));
        return found;
    }

    /// <summary>A crash may have left live content in the trash.</summary>
    private async ValueTask<bool> RestoreAsync(Digest digest, CancellationToken cancellationToken) => await metadata.WhileAsync(
        [digest], (_, state) => state is BlobState.Live or BlobState.Damaged && content.Restore(digest), cancellationToken) is [_];

    private async ValueTask RepairAsync(KnownBlob blob, CheckedFile found, ScrubReport report, CancellationToken cancellationToken)
    {
        if (found.Health is Health.Corrupt)
        {
            report.Corrupt++;
            await metadata.WhileAsync(
                [blob.Digest], (_, state) => state is BlobState.Damaged && content.Quarantine(blob.Digest, found), cancellationToken);
        }
        else
        {
            report.Missing++;
        }

        tell(new ScrubFinding(found.Health is Health.Corrupt ? ScrubFindingKind.Corrupt : ScrubFindingKind.Missing, blob.Digest, blob.Size));
        var repositories = await metadata.ListRepositoriesAsync(blob.Digest, cancellationToken);
        if (await peers.FetchAsync(blob, repositories, cancellationToken) is not { } peer || !await HealedAsync(blob, peer, report, cancellationToken))
            report.Lost++;
    }

    private async ValueTask<bool> HealedAsync(KnownBlob blob, Uri? peer, ScrubReport report, CancellationToken cancellationToken)
    {
        if (!await metadata.MarkSoundAsync(blob.Digest, time.GetUtcNow(), () => content.Restore(blob.Digest), cancellationToken))
            return false;
        report.Healed++;
        tell(new ScrubFinding(ScrubFindingKind.Healed, blob.Digest, blob.Size, peer));
        return true;
    }
}
