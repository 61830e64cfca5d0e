using Berth.Oci.Signing;
using Microsoft.Win32.SafeHandles;

namespace Berth.Oci.Bundles;

/// <summary>What stands before the first blob of a bundle.</summary>
internal sealed record BundleHead(BundleContents Contents, BundleLayout Layout, Digest Id, byte[] Bytes, byte[]? Signature)
{
    private const string NoBundle = "is no bundle of 'berth export'";

    /// <exception cref="BundleException">It is no bundle, or not whole.</exception>
    public static async Task<BundleHead> ReadAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var header = await ReadAsync(file, 0, TarEntry.Block, cancellationToken).ConfigureAwait(false);
        if (TarEntry.ReadSize(header, BundleLayout.ContentsName) is not { } size)
            throw new BundleException(NoBundle);
        if (size > BundleContents.MaxBytes)
            throw new BundleException($"its contents have more than {BundleContents.MaxBytes >> 20} MiB");
        var bytes = await ReadAsync(file, TarEntry.Block, (int)size, cancellationToken).ConfigureAwait(false);
        var contents = BundleContents.Parse(bytes);
        var layout = LayOut(contents, bytes.Length);
        var length = RandomAccess.GetLength(file);
        if (length != layout.Length)
            throw new BundleException($"has {length} of {layout.Length} bytes: copy it again");
        var signature = await ReadSignatureAsync(file, layout, cancellationToken).ConfigureAwait(false);
        return new BundleHead(contents, layout, Digest.Of(bytes), bytes, signature);
    }

    /// <exception cref="BundleException">A key is given, and what is signed is not signed with it.</exception>
    public BundleTrust RequireTrust(PublicKey? key)
    {
        if (key is null)
            return Signature is null ? BundleTrust.NotSigned : BundleTrust.Unchecked;
        if (Signature is null)
            throw new BundleException("is not signed, and a key was given to verify it with: have it exported with --key");
        return key.Verify(Bytes, Signature)
            ? BundleTrust.Verified
            : throw new BundleException("the signature is not one of the given key: it was signed by somebody else, or changed since");
    }

    private static BundleLayout LayOut(BundleContents contents, int size)
    {
        try
        {
            return new BundleLayout(contents, size);
        }
        catch (OverflowException e)
        {
            throw new BundleException("its contents are larger than any file", e);
        }
    }

    private static async Task<byte[]?> ReadSignatureAsync(SafeFileHandle file, BundleLayout layout, CancellationToken cancellationToken)
    {
        var position = TarEntry.Block + layout.Contents.Size + layout.Contents.Padding;
        byte[]? signature = null;
        foreach (var (entry, known) in layout.Head)
        {
            var header = entry.ToHeader();
            var bytes = await ReadAsync(file, position, header.Length + (int)entry.Size, cancellationToken).ConfigureAwait(false);
            if (!header.AsSpan().SequenceEqual(bytes.AsSpan(0, header.Length)))
                throw new BundleException($"is damaged at byte {position}: copy it again");
            if (entry == BundleLayout.Signature)
                signature = BundleSignature.Read(bytes.AsSpan(header.Length));
            else if (!known.Span.SequenceEqual(bytes.AsSpan(header.Length)))
                throw new BundleException($"its {entry.Name} is not what its contents make it: copy it again");
            position += bytes.Length + entry.Padding;
        }

        return signature;
    }

    private static async Task<byte[]> ReadAsync(SafeFileHandle file, long position, int size, CancellationToken cancellationToken)
    {
        if (RandomAccess.GetLength(file) < position + size)
            throw new BundleException(position == 0 ? NoBundle : "ends too early: copy it again");
        var bytes = new byte[size];
        var section = new BundleSection(file, position, size);
        await section.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
