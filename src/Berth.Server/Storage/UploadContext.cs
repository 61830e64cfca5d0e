namespace Berth.Server.Storage;

/// <summary>What all uploads of a store share.</summary>
internal sealed class UploadContext(BlobLayout layout, TimeProvider time) : IDisposable
{
    public BlobLayout Layout => layout;

    public TimeProvider Time => time;

    public ParkedHashes Hashes { get; } = new();

    public DiskThreads Disk { get; } = new();

    public void Dispose()
    {
        Hashes.Dispose();
        Disk.Dispose();
    }
}
