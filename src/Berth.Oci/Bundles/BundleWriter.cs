using System.Buffers;
using Berth.Oci.Signing;

namespace Berth.Oci.Bundles;

/// <summary>Writes a bundle, front to back, to anything that takes bytes.</summary>
public static class BundleWriter
{
    private const int BufferSize = 128 * 1024;

    /// <param name="key">Null for an unsigned one.</param>
    /// <param name="open">Opens content by its digest. It is verified on the way; what is damaged stops the bundle.</param>
    /// <returns>The bundle's id and its length in bytes.</returns>
    /// <exception cref="BundleException">Content is not what its digest says.</exception>
    public static async Task<(Digest Id, long Length)> WriteAsync(
        Stream output, BundleContents contents, PrivateKey? key, Func<BundleContent, Task<Stream>> open, CancellationToken cancellationToken)
    {
        var bytes = contents.ToBytes();
        if (bytes.Length > BundleContents.MaxBytes)
            throw new BundleException($"the contents take more than {BundleContents.MaxBytes >> 20} MiB: export fewer repositories at once");
        var layout = new BundleLayout(contents, bytes.Length);
        await WriteAsync(output, layout.Contents, bytes, cancellationToken).ConfigureAwait(false);
        foreach (var (entry, known) in layout.Head)
        {
            var content = entry == BundleLayout.Signature ? BundleSignature.Of(bytes, key) : known;
            await WriteAsync(output, entry, content, cancellationToken).ConfigureAwait(false);
        }

        foreach (var content in contents.Content)
        {
            await using var source = await open(content).ConfigureAwait(false);
            await WriteAsync(output, content, source, cancellationToken).ConfigureAwait(false);
        }

        await output.WriteAsync(TarEntry.End, cancellationToken).ConfigureAwait(false);
        return (Digest.Of(bytes), layout.Length);
    }

    private static async Task WriteAsync(Stream output, TarEntry entry, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await output.WriteAsync(entry.ToHeader(), cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(TarEntry.End[..entry.Padding], cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(Stream output, BundleContent content, Stream source, CancellationToken cancellationToken)
    {
        var entry = BundleLayout.EntryOf(content);
        await output.WriteAsync(entry.ToHeader(), cancellationToken).ConfigureAwait(false);
        await using var verified = new VerifiedContent(source, content, "the registry");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int read; (read = await verified.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await output.WriteAsync(TarEntry.End[..entry.Padding], cancellationToken).ConfigureAwait(false);
    }
}
