using System.Buffers;
using System.Security.Cryptography;
using Berth.Oci;
using Berth.Registry.Storage;
using Microsoft.Win32.SafeHandles;

namespace Berth.Server.Storage;

/// <summary>An upload as a file that grows. Locks it, so that a second writer is turned away instead of mixing bytes.</summary>
internal sealed class FileSystemBlobUpload : IBlobUpload
{
    private const int BufferSize = 128 * 1024;

    private readonly UploadContext _context;
    private readonly string _path;
    private readonly FileStream _stream; // opened and closed with; read and written by position through its handle
    private readonly SafeFileHandle _file;
    private IncrementalHash? _hash; // SHA-256 of the first Length bytes; null when only the file knows them
    private bool _ended;

    private FileSystemBlobUpload(UploadContext context, UploadId id, FileMode mode)
    {
        _context = context;
        _path = context.Layout.PathOf(id);
        _stream = new FileStream(_path, PrivateFile.Options(mode, FileAccess.ReadWrite, FileShare.None));
        _file = _stream.SafeFileHandle;
        Id = id;
        Length = RandomAccess.GetLength(_file);
        LastWrite = File.GetLastWriteTimeUtc(_file);
        _hash = context.Hashes.Take(id, Length) ?? (Length == 0 ? NewHash() : null);
    }

    public UploadId Id { get; }

    public long Length { get; private set; }

    public DateTimeOffset LastWrite { get; }

    public static FileSystemBlobUpload Begin(UploadContext context, UploadId id)
    {
        try
        {
            var upload = new FileSystemBlobUpload(context, id, FileMode.CreateNew);
            upload.StampTime();
            return upload;
        }
        catch (IOException e) when (DiskFull.IsCauseOf(e))
        {
            throw DiskFull.ToOciException();
        }
    }

    /// <exception cref="OciException"><see cref="OciError.BlobUploadInvalid"/>: someone else is writing to it.</exception>
    public static FileSystemBlobUpload? Resume(UploadContext context, UploadId id)
    {
        try
        {
            return new FileSystemBlobUpload(context, id, FileMode.Open);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException e) when (PrivateFile.IsInUse(e))
        {
            throw new OciException(OciError.BlobUploadInvalid, "another request is still writing to this upload");
        }
    }

    public async ValueTask<long> AppendAsync(Stream content, CancellationToken cancellationToken)
    {
        var start = Length;
        var filled = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
            {
                filled += read;
                if (filled < buffer.Length)
                    continue;
                filled = 0;
                Write(buffer);
            }
        }
        finally
        {
            // Also when the sender broke off: what arrived need not be sent again.
            try
            {
                Write(buffer.AsSpan(0, filled));
                if (Length > start)
                    StampTime();
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return Length - start;
    }

    public ValueTask TruncateAsync(long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length == Length)
            return ValueTask.CompletedTask;
        RandomAccess.SetLength(_file, length);
        Length = length;
        _hash?.Dispose();
        _hash = length == 0 ? NewHash() : null;
        return ValueTask.CompletedTask;
    }

    public async ValueTask CommitAsync(Digest digest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _context.Disk.RunAsync(() => Commit(digest));
        }
        catch (IOException e) when (DiskFull.IsCauseOf(e))
        {
            throw DiskFull.ToOciException();
        }
    }

    public ValueTask CancelAsync(CancellationToken cancellationToken)
    {
        if (!_ended)
            Discard();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (_hash is not null && !_ended)
            _context.Hashes.Park(Id, _hash, Length);
        _hash = null;
        _stream.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Each step makes true what the next one relies on; docs/storage-layout.md says what a crash between them leaves.</summary>
    private void Commit(Digest digest)
    {
        Verify(digest);
        SyncOrDiscard();
        var shard = _context.Layout.DurableShardOf(digest);

        // The lock goes with the handle, and nobody may find content that is still locked.
        _stream.Dispose();
        DurableFiles.Rename(_path, _context.Layout.PathOf(digest));
        End();
        DurableFiles.SyncDirectory(shard);
    }

    private void Verify(Digest digest)
    {
        var actual = digest.Algorithm is DigestAlgorithm.Sha256 && _hash is not null
            ? Digest.FromHash(DigestAlgorithm.Sha256, _hash.GetCurrentHash())
            : UploadHash.OfFile(_file, Length, digest.Algorithm);
        if (actual != digest)
            throw new OciException(OciError.DigestInvalid, $"the {Length} bytes received have the digest {actual}, not {digest}");
    }

    /// <summary>
    /// A failed fsync may have dropped the unwritten pages, and the next one would report success without them. The bytes
    /// cannot be trusted any more, so the upload ends here and the client sends them again.
    /// </summary>
    private void SyncOrDiscard()
    {
        try
        {
            DurableFiles.Sync(_file, _path);
        }
        catch (IOException)
        {
            Discard();
            throw;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, Length);
        }
        catch (IOException e)
        {
            // Part of it may have been written. The file's length is the truth after a restart, so it has to agree with Length.
            RandomAccess.SetLength(_file, Length);
            if (DiskFull.IsCauseOf(e))
                throw DiskFull.ToOciException();
            throw;
        }

        _hash?.AppendData(bytes);
        Length += bytes.Length;
    }

    private void StampTime() => File.SetLastWriteTimeUtc(_file, _context.Time.GetUtcNow().UtcDateTime);

    private void Discard()
    {
        _stream.Dispose();
        File.Delete(_path);
        End();
    }

    private void End()
    {
        _ended = true;
        _hash?.Dispose();
        _hash = null;
    }

    private static IncrementalHash NewHash() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
}
