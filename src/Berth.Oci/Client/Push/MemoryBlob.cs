namespace Berth.Oci.Client.Push;

/// <summary>A small blob.</summary>
public sealed class MemoryBlob(byte[] bytes) : IBlobContent
{
    public ValueTask PrepareAsync(CancellationToken cancellationToken) => default;

    public Stream OpenAt(long offset) => new MemoryStream(bytes, (int)offset, bytes.Length - (int)offset, writable: false);

    public void Release()
    {
    }
}
