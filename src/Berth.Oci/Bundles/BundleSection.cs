using Microsoft.Win32.SafeHandles;

namespace Berth.Oci.Bundles;

/// <summary>A part of a bundle, read forward once; the file stays open for others.</summary>
internal sealed class BundleSection(SafeFileHandle file, long start, long size) : Client.ReadOnlyStream(Null)
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var most = (int)Math.Min(buffer.Length, size - _read);
        if (most == 0)
            return 0;
        var count = await RandomAccess.ReadAsync(file, buffer[..most], start + _read, cancellationToken).ConfigureAwait(false);
        _read += count;
        return count;
    }
}
