using Berth.Oci;

namespace Berth.Registry.Storage;

/// <summary>Content by digest. Knows no repositories, no names and no rights: what is reachable is the metadata store's business.</summary>
/// <remarks>
/// The contract that every backend keeps (BlobStoreContract in the tests asks for each line of it):
/// <list type="bullet">
/// <item>Missing content is <c>null</c>, never an exception.</item>
/// <item>Content appears whole or not at all, and only after its digest was verified and it is durable: file synced, renamed into place, directory synced.</item>
/// <item>Content is never edited in place. Committing a digest that exists already replaces it with the verified new copy, which heals a damaged one.</item>
/// <item>An upload survives the process; <see cref="ResumeUploadAsync"/> finds it again with the bytes that reached the store.</item>
/// <item>A full disk is an <see cref="OciException"/> with <see cref="OciError.StorageFull"/>; the upload keeps what it had and can be cancelled.</item>
/// </list>
/// </remarks>
public interface IBlobStore
{
    /// <summary>Size in bytes of the content, or <c>null</c>.</summary>
    ValueTask<long?> FindSizeAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Opens the content for reading from <paramref name="offset"/>, in bytes; <c>null</c> when it is missing. The caller disposes.</summary>
    ValueTask<Stream?> OpenReadAsync(Digest digest, long offset, CancellationToken cancellationToken);

    /// <summary>Takes content out of use, in one step. It is missing from then on, and can be restored. Missing content is no error.</summary>
    ValueTask TrashAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Sees to it that content is there, durably, and brings it back from the trash if it has to.</summary>
    /// <returns>Whether it is there.</returns>
    ValueTask<bool> RestoreAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Gives up content that is in the trash, in one step: it cannot be restored after this. <see cref="EmptyAsync"/> frees its bytes.</summary>
    ValueTask PurgeAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Frees the bytes of all content that was purged, which takes the longer the more there is.</summary>
    ValueTask EmptyAsync(CancellationToken cancellationToken);

    /// <summary>Starts an upload under a new id.</summary>
    ValueTask<IBlobUpload> BeginUploadAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Opens an upload begun earlier, in this process or another; <c>null</c> when there is none.</summary>
    ValueTask<IBlobUpload?> ResumeUploadAsync(UploadId id, CancellationToken cancellationToken);

    /// <summary>Ids of all uploads that were begun and neither committed nor cancelled, with the time of their last write.</summary>
    IAsyncEnumerable<(UploadId Id, DateTimeOffset LastWrite)> ListUploadsAsync(CancellationToken cancellationToken);
}

/// <summary>Bytes on their way to become content. One caller at a time.</summary>
/// <remarks>Disposing closes it and keeps the bytes; only <see cref="CommitAsync"/> and <see cref="CancelAsync"/> end it.</remarks>
public interface IBlobUpload : IAsyncDisposable
{
    UploadId Id { get; }

    /// <summary>Bytes received so far.</summary>
    long Length { get; }

    /// <summary>When it was begun or last written to, as of when it was opened.</summary>
    DateTimeOffset LastWrite { get; }

    /// <summary>Appends everything that <paramref name="content"/> holds. On a failure <see cref="Length"/> says how much was kept.</summary>
    /// <returns>The number of bytes appended.</returns>
    ValueTask<long> AppendAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Cuts the upload back to <paramref name="length"/> bytes, so that a chunk that broke its announcement leaves no trace.</summary>
    ValueTask TruncateAsync(long length, CancellationToken cancellationToken);

    /// <summary>Verifies the bytes against <paramref name="digest"/>, makes them durable and visible as content, and ends the upload.</summary>
    /// <exception cref="OciException"><see cref="OciError.DigestInvalid"/>: the bytes are not what the digest says. The upload stays.</exception>
    ValueTask CommitAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>Ends the upload and frees its bytes. Cancelling twice is no error.</summary>
    ValueTask CancelAsync(CancellationToken cancellationToken);
}
