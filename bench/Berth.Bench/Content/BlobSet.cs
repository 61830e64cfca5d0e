using System.Security.Cryptography;

namespace Berth.Bench.Content;

/// <summary>
/// Blobs of one size with different digests. All but their first 16 bytes are one shared array, and digests are made beforehand, so that
/// sending one costs the load generator nothing but the copy into the socket.
/// </summary>
internal sealed class BlobSet
{
    public const int HeadSize = 16;

    private const int ChunkSize = 32 * 1024;

    private readonly byte[] _framed;

    /// <param name="seed">Sets with different seeds have no blob in common; the same seed gives the same blobs again.</param>
    public BlobSet(int seed, int size, int count)
    {
        Size = size;
        var random = new Random(seed);
        Tail = new byte[size - HeadSize];
        random.NextBytes(Tail);
        _framed = Frame();
        Blobs = new Blob[count];
        var heads = Enumerable.Range(0, count).Select(_ => NextHead(random)).ToArray();
        Parallel.For(0, count, i => Blobs[i] = new Blob(this, heads[i], Hash(heads[i])));
    }

    public int Size { get; }

    /// <summary>Every blob's bytes after its head.</summary>
    public byte[] Tail { get; }

    public Blob[] Blobs { get; }

    /// <summary>What goes before a blob's head when it is sent as chunks (RFC 9112, 7.1) of the size in which Docker sends them.</summary>
    public ReadOnlyMemory<byte> FirstChunkLine => ChunkLine(Math.Min(ChunkSize, Size));

    /// <summary>What follows a blob's head then.</summary>
    public ReadOnlyMemory<byte> FramedTail => _framed;

    private static byte[] NextHead(Random random)
    {
        var head = new byte[HeadSize];
        random.NextBytes(head);
        return head;
    }

    private static byte[] ChunkLine(int size) => System.Text.Encoding.ASCII.GetBytes($"{size:x}\r\n");

    private string Hash(byte[] head)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(Tail);
        return $"sha256:{Convert.ToHexStringLower(hash.GetCurrentHash())}";
    }

    private byte[] Frame()
    {
        using var framed = new MemoryStream(Size + (Size / 1024) + 64);
        for (var offset = 0; offset < Size; offset += ChunkSize)
        {
            var size = Math.Min(ChunkSize, Size - offset);
            var skipped = offset == 0 ? HeadSize : 0;
            if (offset > 0)
                framed.Write(ChunkLine(size));
            framed.Write(Tail.AsSpan(offset + skipped - HeadSize, size - skipped));
            framed.Write("\r\n"u8);
        }

        framed.Write("0\r\n\r\n"u8);
        return framed.ToArray();
    }
}
