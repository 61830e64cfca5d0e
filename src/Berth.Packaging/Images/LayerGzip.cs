using System.Buffers;
using System.Security.Cryptography;
using Berth.Oci;

namespace Berth.Packaging.Images;

/// <summary>Compresses a layer with all processors, and hashes it before and after. The same content gives the same bytes on any machine.</summary>
internal static class LayerGzip
{
    private static readonly int MostBlocks = Math.Clamp(Environment.ProcessorCount + 1, 2, 16);

    public static async Task<HashedLayer> CompressAsync(Stream raw, Stream target, CancellationToken cancellationToken)
    {
        using var rawHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var writer = new HashedWriter(target);
        var blocks = new Queue<Task<GzipBlock>>();
        try
        {
            for (var more = true; more;)
            {
                var source = ArrayPool<byte>.Shared.Rent(GzipBlock.Length);
                // Blocks begin at fixed places, whatever pieces the layer arrives in.
                var length = await raw.ReadAtLeastAsync(
                    source.AsMemory(0, GzipBlock.Length), GzipBlock.Length, throwOnEndOfStream: false, cancellationToken);
                more = length == GzipBlock.Length;
                blocks.Enqueue(Task.Run(() => GzipBlock.Compress(source, length), CancellationToken.None));
                rawHash.AppendData(source.AsSpan(0, length));
                while (blocks.Count >= (more ? MostBlocks : 1))
                {
                    using var block = await blocks.Dequeue();
                    await writer.WriteAsync(block.Member, cancellationToken);
                }
            }
        }
        finally
        {
            // Those still at work give back their buffers when they are done.
            foreach (var left in blocks)
                _ = left.ContinueWith(block => block.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        return new HashedLayer(Digest.FromHash(DigestAlgorithm.Sha256, rawHash.GetHashAndReset()), writer.End(), writer.Written);
    }
}
