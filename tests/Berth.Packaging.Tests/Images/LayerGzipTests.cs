using System.Security.Cryptography;
using System.Text;
using Berth.Oci;
using Berth.Packaging.Images;

namespace Berth.Packaging.Tests.Images;

public sealed class LayerGzipTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(GzipBlock.Length)]
    [InlineData((3 * GzipBlock.Length) + 17)]
    public async Task What_is_compressed_comes_back_and_both_digests_are_right(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        var (layer, stored) = await CompressAsync(new MemoryStream(content));

        Assert.Equal(content, TestExport.Gunzip(stored));
        Assert.Equal(new HashedLayer(Digest.Of(content), Digest.Of(stored), stored.Length), layer);
    }

    [Fact]
    public async Task The_bytes_do_not_depend_on_the_pieces_in_which_a_layer_arrives()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 400_000).Select(i => $"line {i * 7919}\n")));

        var (whole, _) = await CompressAsync(new MemoryStream(content));
        var (pieces, _) = await CompressAsync(new DripStream(content));

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public async Task Text_gets_shorter_and_random_bytes_hardly_longer()
    {
        var (text, _) = await CompressAsync(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 2_000_000))));
        var (random, _) = await CompressAsync(new MemoryStream(RandomNumberGenerator.GetBytes(2_000_000)));

        Assert.InRange(text.Size, 0, 50_000);
        Assert.InRange(random.Size, 2_000_000, 2_002_000);
    }

    private static async Task<(HashedLayer Layer, byte[] Stored)> CompressAsync(Stream content)
    {
        var stored = new MemoryStream();
        var layer = await LayerGzip.CompressAsync(content, stored, Token);
        return (layer, stored.ToArray());
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class DripStream(byte[] content) : ForwardStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(Math.Min(buffer.Length, 1 + (_at % 4999)), content.Length - _at);
            content.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return ValueTask.FromResult(count);
        }
    }
}
