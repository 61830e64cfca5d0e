using System.Runtime.CompilerServices;
using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>Content as files of a directory, each named by its digest.</summary>
internal sealed partial class FileSystemBlobStore(DataDirectory directory, TimeProvider time) : IBlobStore, IDisposable
{
    private readonly UploadContext _context = new(new BlobLayout(directory), time);

    private BlobLayout Layout => _context.Layout;

    public ValueTask<long?> FindSizeAsync(Digest digest, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Layout.PathOf(digest));
        return ValueTask.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public ValueTask<Stream?> OpenReadAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        try
        {
            var content = new FileStream(ContentFile.Open(Layout.PathOf(digest)), FileAccess.Read, bufferSize: 0) { Position = offset };
            return ValueTask.FromResult<Stream?>(content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    public ValueTask<IBlobUpload> BeginUploadAsync(UploadId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IBlobUpload>(FileSystemBlobUpload.Begin(_context, id));

    public ValueTask<IBlobUpload?> ResumeUploadAsync(UploadId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IBlobUpload?>(FileSystemBlobUpload.Resume(_context, id));

    public async IAsyncEnumerable<(UploadId Id, DateTimeOffset LastWrite)> ListUploadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        foreach (var file in new DirectoryInfo(Layout.Uploads).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (UploadId.TryParse(file.Name, out var id) && file.Exists)
                yield return (id, new DateTimeOffset(file.LastWriteTimeUtc));
        }
    }

    public void Dispose() => _context.Dispose();
}
