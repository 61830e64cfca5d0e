using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>The files behind the content. What moves them is called while nobody can link content, and does not wait.</summary>
public interface IScrubContent
{
    /// <summary>Reads and hashes content, a piece of memory at a time.</summary>
    /// <param name="fromDisk">True to read past what memory still has of it, as far as the system allows.</param>
    ValueTask<CheckedFile> CheckAsync(KnownBlob blob, bool fromDisk, ReadPace pace, CancellationToken cancellationToken);

    /// <summary>Whether there is still that very file, or still none.</summary>
    bool IsUnchanged(Digest digest, CheckedFile found);

    /// <summary>Takes that very file out of use, and keeps it.</summary>
    bool Quarantine(Digest digest, CheckedFile found);

    /// <summary>Brings content back from the trash, durably, when it has to.</summary>
    /// <returns>Whether it is there.</returns>
    bool Restore(Digest digest);

    /// <summary>The files of a place, in groups that are small enough to be looked up together.</summary>
    IEnumerable<IReadOnlyList<StoredFile>> List(Place place);

    /// <summary>Puts a file of <see cref="Place.Blobs"/> into the trash, unless it got there after <paramref name="before"/>.</summary>
    bool Trash(Digest digest, DateTimeOffset before);

    /// <summary>Frees a file of <see cref="Place.Trash"/> or <see cref="Place.Quarantine"/>, unless it got there after <paramref name="before"/>.</summary>
    bool Remove(Place place, Digest digest, DateTimeOffset before);
}
