namespace Berth.Bench.Content;

/// <summary>One blob of a <see cref="BlobSet"/>: its first bytes make it unique, the others it shares.</summary>
internal sealed record Blob(BlobSet Set, byte[] Head, string Digest)
{
    public int Size => Set.Size;
}
