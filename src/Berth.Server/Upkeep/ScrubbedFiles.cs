using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Berth.Oci;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Upkeep;

/// <summary>Content as files: read and hashed, and moved out of the way.</summary>
internal sealed partial class ScrubbedFiles(DataDirectory directory) : IScrubContent
{
    /// <summary>In bytes. Also how far a pass goes on at most after it was told to stop.</summary>
    private const int ReadSize = 512 * 1024;

    /// <summary>How many files are looked up in one read of the database.</summary>
    private const int Group = 500;

    internal const int InputOutput = 5; // EIO
    private const int DoNotNeed = 4; // POSIX_FADV_DONTNEED

    private readonly ContentPaths _paths = new(directory);

    public async ValueTask<CheckedFile> CheckAsync(KnownBlob blob, bool fromDisk, ReadPace pace, CancellationToken cancellationToken)
    {
        var path = _paths.PathOf(Place.Blobs, blob.Digest);
        if (FileFacts.Find(path) is not { } facts)
            return CheckedFile.Missing;
        try
        {
            using var file = ContentFile.Open(path);
            if (fromDisk)
                _ = AdviseFile(file, 0, 0, DoNotNeed); // only advice: without it the memory is hashed again
            var sound = RandomAccess.GetLength(file) == blob.Size && await HashAsync(file, blob, pace, cancellationToken) == blob.Digest;
            return new CheckedFile(sound ? Health.Sound : Health.Corrupt, facts.Inode);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return CheckedFile.Missing;
        }
        catch (IOException e) when (e.HResult == InputOutput)
        {
            return new CheckedFile(Health.Corrupt, facts.Inode);
        }
    }

    public bool IsUnchanged(Digest digest, CheckedFile found) =>
        (FileFacts.Find(_paths.PathOf(Place.Blobs, digest))?.Inode ?? 0) == found.Identity;

    public bool Quarantine(Digest digest, CheckedFile found)
    {
        if (!IsUnchanged(digest, found))
            return false;
        var (blob, quarantine) = (_paths.PathOf(Place.Blobs, digest), _paths.PathOf(Place.Quarantine, digest));
        DurableFiles.CreateDirectory(Path.GetDirectoryName(quarantine)!);
        DurableFiles.Rename(blob, quarantine);
        if (FileFacts.Find(quarantine)?.Inode == found.Identity)
            return true;

        // A push put a good copy there between the look and the rename. It has yet to write its row, and will find the copy again.
        DurableFiles.Rename(quarantine, blob);
        return false;
    }

    public bool Restore(Digest digest)
    {
        var (blob, trash) = (_paths.PathOf(Place.Blobs, digest), _paths.PathOf(Place.Trash, digest));
        if (File.Exists(blob))
            return true;
        if (!File.Exists(trash))
            return false;
        var shard = Path.GetDirectoryName(blob)!;
        DurableFiles.CreateDirectory(shard);
        DurableFiles.Rename(trash, blob);
        DurableFiles.SyncDirectory(shard);
        return true;
    }

    public IEnumerable<IReadOnlyList<StoredFile>> List(Place place) => _paths.List(place, Group);

    public bool Trash(Digest digest, DateTimeOffset before)
    {
        var (blob, trash) = (_paths.PathOf(Place.Blobs, digest), _paths.PathOf(Place.Trash, digest));
        if (FileFacts.Find(blob) is not { } facts || facts.Changed > before)
            return false;
        DurableFiles.CreateDirectory(Path.GetDirectoryName(trash)!);
        DurableFiles.Rename(blob, trash);
        return true;
    }

    public bool Remove(Place place, Digest digest, DateTimeOffset before)
    {
        var path = _paths.PathOf(place, digest);
        if (FileFacts.Find(path) is not { } facts || facts.Changed > before)
            return false;
        File.Delete(path);
        return true;
    }

    private static async ValueTask<Digest> HashAsync(SafeFileHandle file, KnownBlob blob, ReadPace pace, CancellationToken cancellationToken)
    {
        var algorithm = blob.Digest.Algorithm;
        using var hash = IncrementalHash.CreateHash(algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            for (long offset = 0; offset < blob.Size;)
            {
                var wanted = (int)Math.Min(ReadSize, blob.Size - offset);
                await pace.WaitAsync(wanted, cancellationToken);
                var read = RandomAccess.Read(file, buffer.AsSpan(0, wanted), offset);
                if (read == 0)
                    break;
                hash.AppendData(buffer, 0, read);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Digest.FromHash(algorithm, hash.GetCurrentHash());
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int AdviseFile(SafeFileHandle file, long offset, long length, int advice);
}
