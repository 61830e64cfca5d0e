using System.Buffers;
using System.Security.Cryptography;
using Berth.Oci;
using Berth.Server.Storage;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Backup;

/// <summary>Reads content once, hashes it, and writes it on the way.</summary>
internal static class VerifiedCopy
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>Whether a file has the bytes that it should.</summary>
    public static ContentState Check(string path, Content content, CancellationToken cancellationToken)
    {
        var (file, problem) = TryOpen(path);
        if (file is null)
            return problem;
        using (file)
            return Read(file, content, null, cancellationToken);
    }

    /// <returns>The file, or what keeps it from being read.</returns>
    public static (SafeFileHandle? File, ContentState Problem) TryOpen(string path)
    {
        try
        {
            return (ContentFile.Open(path), ContentState.Good);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, ContentState.Missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, ContentState.Unreadable);
        }
    }

    /// <summary>Writes a new file, and syncs it when its bytes are right. What was begun in vain is the caller's to remove.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ContentState Write(SafeFileHandle from, string path, Content content, CancellationToken cancellationToken)
    {
        using var target = new FileStream(path, PrivateFile.Options(FileMode.Create, FileAccess.Write, FileShare.ReadWrite));
        var handle = target.SafeFileHandle;
        var state = FileClone.TryMake(from, handle)
            ? Check(path, content, cancellationToken)
            : Read(from, content, handle, cancellationToken);
        if (state is ContentState.Good)
            DurableFiles.Sync(handle, path);
        return state;
    }

    private static ContentState Read(SafeFileHandle from, Content content, SafeFileHandle? to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(
            content.Digest.Algorithm is DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(content.Size + 1, 4096, BufferSize));
        try
        {
            for (long offset = 0; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryRead(from, buffer, offset) is not { } length)
                    return ContentState.Unreadable;
                if (length == 0)
                    return offset == content.Size && Digest.FromHash(content.Digest.Algorithm, hash.GetCurrentHash()) == content.Digest
                        ? ContentState.Good
                        : ContentState.Damaged;
                if (offset + length > content.Size)
                    return ContentState.Damaged;
                hash.AppendData(buffer, 0, length);
                if (to is not null)
                    RandomAccess.Write(to, buffer.AsSpan(0, length), offset);
                offset += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Null when the disk gives an error: one bad sector must not keep all other content out of a backup.</summary>
    private static int? TryRead(SafeFileHandle from, byte[] buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(from, buffer, offset);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
