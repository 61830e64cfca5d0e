using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>The half of the metadata that scrubbing works on. One method is one transaction, durable when it returns.</summary>
public interface IScrubStore
{
    /// <summary>At most <paramref name="limit"/> live blobs with an id larger than <paramref name="after"/>, by id.</summary>
    ValueTask<IReadOnlyList<KnownBlob>> ListBlobsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Notes how far a pass came and which blobs it found right.</summary>
    ValueTask SaveAsync(ScrubProgress progress, IReadOnlyList<long> sound, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Marks live content as damaged if <paramref name="isStill"/>, which is asked while nobody can link it.</summary>
    /// <returns>Whether it is live and damaged.</returns>
    ValueTask<bool> MarkDamagedAsync(Digest digest, DateTimeOffset now, Func<bool> isStill, CancellationToken cancellationToken);

    /// <summary>Marks content as right again if <paramref name="isThere"/>, which is asked while nobody can take it away.</summary>
    ValueTask<bool> MarkSoundAsync(Digest digest, DateTimeOffset now, Func<bool> isThere, CancellationToken cancellationToken);

    ValueTask<IReadOnlyDictionary<Digest, BlobState>> FindStatesAsync(IReadOnlyList<Digest> digests, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="act"/> for each with its state, while nobody can change that.</summary>
    /// <returns>Those for which it answered true.</returns>
    ValueTask<IReadOnlyList<Digest>> WhileAsync(IReadOnlyList<Digest> digests, Func<Digest, BlobState, bool> act, CancellationToken cancellationToken);

    /// <summary>Some repositories that show the content, by name.</summary>
    ValueTask<IReadOnlyList<RepositoryName>> ListRepositoriesAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Whether somebody copies the store right now, who may need files that no live row names.</summary>
    ValueTask<bool> IsBackupRunningAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
