using Berth.Oci;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Takes layers as they come out of an export, and has each pushed that the registry may lack.</summary>
/// <param name="known">Layers that the repository has, by their diff id.</param>
internal sealed class LayerIntake(SpoolDirectory spool, IReadOnlyDictionary<Digest, Descriptor> known, Action<BlobToPush> deliver)
{
    private const int CopyLength = 1024 * 1024;

    /// <param name="name">What the export says the content's digest is; null where it does not say.</param>
    public async Task<ReadLayer> TakeAsync(PeekedStream content, Digest? name, CancellationToken cancellationToken)
    {
        // What is not sent need not be checked: its content is the registry's.
        if (name is { } named && known.TryGetValue(named, out var there))
            return new ReadLayer(named, there);
        if (known.Values.FirstOrDefault(blob => blob.Digest == name) is { } same)
            return new ReadLayer(null, same);
        if (CompressedType(content.Start.Span) is { } type)
        {
            var file = spool.NewFile();
            var copied = await file.WriteAsync(target => CopyAsync(content, target, cancellationToken));
            return Deliver(null, new Descriptor(type, copied.Stored, copied.Size), file);
        }

        // Where there is hope that the layer is known, it is only hashed first.
        return known.Count > 0 && name is null
            ? await TakeUnlessKnownAsync(content, cancellationToken)
            : await CompressAsync(content, cancellationToken);
    }

    private async Task<ReadLayer> TakeUnlessKnownAsync(Stream content, CancellationToken cancellationToken)
    {
        var raw = spool.NewFile();
        var copied = await raw.WriteAsync(target => CopyAsync(content, target, cancellationToken));
        try
        {
            if (known.TryGetValue(copied.Stored, out var there))
                return new ReadLayer(copied.Stored, there);
            await using var again = raw.OpenAt(0);
            return await CompressAsync(again, cancellationToken);
        }
        finally
        {
            raw.Release();
        }
    }

    private async Task<ReadLayer> CompressAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = spool.NewFile();
        var layer = await file.WriteAsync(target => LayerGzip.CompressAsync(content, target, cancellationToken));
        return Deliver(layer.Raw, new Descriptor(ImageManifestText.OciGzipLayer, layer.Stored, layer.Size), file);
    }

    private ReadLayer Deliver(Digest? diffId, Descriptor blob, SpoolFile file)
    {
        deliver(new BlobToPush(blob, file));
        return new ReadLayer(diffId, blob);
    }

    private static async Task<HashedLayer> CopyAsync(Stream content, Stream target, CancellationToken cancellationToken)
    {
        using var writer = new HashedWriter(target);
        var block = new byte[CopyLength];
        while (await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) is var count and > 0)
            await writer.WriteAsync(block.AsMemory(0, count), cancellationToken);
        var digest = writer.End();
        return new HashedLayer(digest, digest, writer.Written);
    }

    private static string? CompressedType(ReadOnlySpan<byte> start) => start switch
    {
        [0x1f, 0x8b, ..] => ImageManifestText.OciGzipLayer,
        [0x28, 0xb5, 0x2f, 0xfd] => ImageManifestText.OciZstdLayer,
        _ => null,
    };
}
