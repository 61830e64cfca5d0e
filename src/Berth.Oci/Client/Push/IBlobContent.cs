namespace Berth.Oci.Client.Push;

/// <summary>The bytes of a blob, which may be read more than once and from any place.</summary>
public interface IBlobContent
{
    /// <summary>Makes the bytes ready to be read. Called only when they are wanted, and again when it failed.</summary>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <param name="offset">Of the first byte to read.</param>
    Stream OpenAt(long offset);

    /// <summary>The blob is where it should be: what was kept for it may go.</summary>
    void Release();
}
