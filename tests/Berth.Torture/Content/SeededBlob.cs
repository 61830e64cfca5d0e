using Berth.Oci;

namespace Berth.Torture.Content;

/// <summary>Bytes that a number stands for, so that only the number has to be kept.</summary>
internal sealed class SeededBlob
{
    private const int SmallMost = 24 * 1024;
    private const int LargeMost = 768 * 1024;

    private readonly int _seed;

    public SeededBlob(int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        // Most layers here are small: it is the number of steps that matters. Some are longer than one read of the server.
        Size = 1 + (random.Next(12) == 0 ? random.Next(LargeMost) : random.Next(SmallMost));
        Digest = Digest.Of(Bytes());
    }

    public int Size { get; }

    public Digest Digest { get; }

    public byte[] Bytes()
    {
        var bytes = new byte[Size];
        new Random(_seed ^ 0x5eed).NextBytes(bytes);
        return bytes;
    }
}
