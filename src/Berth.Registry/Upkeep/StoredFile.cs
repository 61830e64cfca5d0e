using Berth.Oci;

namespace Berth.Registry.Upkeep;

/// <summary>A file that is named as content.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Since">When it got there or was last written.</param>
public readonly record struct StoredFile(Digest Digest, long Size, DateTimeOffset Since);

public enum Place
{
    Blobs,
    Trash,
    Quarantine,
}
