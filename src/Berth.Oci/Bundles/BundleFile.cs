using Berth.Oci.Signing;
using Microsoft.Win32.SafeHandles;

namespace Berth.Oci.Bundles;

/// <summary>
/// A bundle, open for reading: one file that carries images, indexes, signatures and management packs from a registry to where there is
/// no way to it. Its layout and signature were checked; content is checked while it is read. May be read by several at once.
/// </summary>
public sealed class BundleFile : IAsyncDisposable
{
    private readonly SafeFileHandle _file;
    private readonly BundleLayout _layout;

    private BundleFile(string path, SafeFileHandle file, BundleHead head, BundleTrust trust)
    {
        _file = file;
        _layout = head.Layout;
        Path = path;
        Contents = head.Contents;
        Id = head.Id;
        Trust = trust;
    }

    /// <summary>As it was given.</summary>
    public string Path { get; }

    public BundleContents Contents { get; }

    /// <summary>The digest of the contents, which name everything else by its digest.</summary>
    public Digest Id { get; }

    public BundleTrust Trust { get; }

    /// <summary>Of the whole file, in bytes.</summary>
    public long Length => _layout.Length;

    /// <param name="key">Null: whatever it is signed with is taken.</param>
    /// <exception cref="BundleException">There is no such file, it is no bundle, is cut off, or not signed by the holder of <paramref name="key"/>.</exception>
    public static async Task<BundleFile> OpenAsync(string path, PublicKey? key, CancellationToken cancellationToken)
    {
        var file = Open(path);
        try
        {
            var head = await BundleHead.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            return new BundleFile(path, file, head, head.RequireTrust(key));
        }
        catch (BundleException e)
        {
            file.Dispose();
            throw new BundleException($"{path}: {e.Message}", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Content by digest; null when this bundle has it not. The read that would complete what is damaged fails with a <see cref="BundleException"/>.</summary>
    public Stream? TryOpenBlob(Digest digest)
    {
        if (_layout.Find(digest) is not { } place)
            return null;
        var content = new BundleContent(digest, place.Size);
        var start = place.Header + BundleLayout.EntryOf(content).ToHeader().Length;
        return new VerifiedContent(new BundleSection(_file, start, place.Size), content, Path);
    }

    /// <summary>Size in bytes of content that this bundle has, or null.</summary>
    public long? FindSize(Digest digest) => _layout.Find(digest)?.Size;

    /// <summary>The bytes of a manifest that this bundle has, or null. They were verified.</summary>
    /// <exception cref="BundleException">They are damaged, or larger than a manifest.</exception>
    public async Task<byte[]?> ReadManifestAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var content = TryOpenBlob(digest);
        if (content is null)
            return null;
        var size = FindSize(digest)!.Value;
        if (size > Manifest.MaxBytes)
            throw new BundleException($"{Path}: {digest} is too large for a manifest");
        var bytes = new byte[size];
        await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Checks that a file of the archive stands where the contents say, before its content is believed.</summary>
    /// <exception cref="BundleException">Something else stands there.</exception>
    public async Task RequirePlaceAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (_layout.Find(digest) is not { } place)
            return;
        var expected = BundleLayout.EntryOf(new BundleContent(digest, place.Size)).ToHeader();
        var actual = new byte[expected.Length];
        await new BundleSection(_file, place.Header, actual.Length).ReadAtLeastAsync(actual, actual.Length, false, cancellationToken).ConfigureAwait(false);
        if (!expected.AsSpan().SequenceEqual(actual))
            throw new BundleException($"{Path}: is damaged at byte {place.Header}: copy it again");
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BundleException($"{path}: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
