namespace Berth.Oci.Client.Push;

/// <summary>An upload that the registry has begun.</summary>
/// <param name="leastChunk">The shortest chunk that the registry takes before the last one, in bytes.</param>
internal sealed class UploadSession(Uri location, long leastChunk)
{
    public Uri Location { get; private set; } = location;

    /// <summary>How many bytes the registry is known to have.</summary>
    public long Offset { get; private set; }

    public long LeastChunk { get; } = leastChunk;

    public void MoveTo(long offset, Uri location)
    {
        Offset = offset;
        Location = location;
    }
}
