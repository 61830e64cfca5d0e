using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Oci.Signing;

namespace Berth.Packaging.Preload;

/// <summary>The content of one or several bundles: a differential one lacks what the earlier one brought.</summary>
internal sealed class BundleShelf : IAsyncDisposable
{
    private readonly List<BundleFile> _bundles;
    private readonly Dictionary<Digest, string> _manifests = [];

    private BundleShelf(List<BundleFile> bundles)
    {
        _bundles = bundles;
        foreach (var manifest in bundles.SelectMany(bundle => bundle.Contents.Repositories).SelectMany(repository => repository.Manifests))
            _manifests[manifest.Digest] = manifest.MediaType;
    }

    /// <summary>A line for each bundle.</summary>
    public IEnumerable<string> Trust => _bundles.Select(bundle => bundle.Trust switch
    {
        BundleTrust.Verified => $"{bundle.Path}: signature verified",
        BundleTrust.Unchecked => $"{bundle.Path}: signed; the signature is not checked without --key",
        _ => $"{bundle.Path}: not signed",
    });

    /// <exception cref="PreloadException">One cannot be read, or is not signed with the key.</exception>
    public static async Task<BundleShelf> OpenAsync(IReadOnlyList<string> paths, string? keyFile, CancellationToken cancellationToken)
    {
        var open = new List<BundleFile>();
        try
        {
            using var key = keyFile is null ? null : PublicKey.Load(keyFile);
            foreach (var path in paths)
                open.Add(await BundleFile.OpenAsync(path, key, cancellationToken));
            return new BundleShelf(open);
        }
        catch (Exception e)
        {
            foreach (var bundle in open)
                await bundle.DisposeAsync();
            if (e is BundleException or KeyException)
                throw new PreloadException(PreloadFailure.Bundle, e.Message, e);
            throw;
        }
    }

    /// <exception cref="PreloadException">No bundle has the image's manifest.</exception>
    public void Require(Digest image)
    {
        if (FindSize(image) is not null && _manifests.ContainsKey(image))
            return;
        var has = _bundles.SelectMany(bundle => bundle.Contents.Repositories).Select(repository => repository.Name.ToString()).Distinct().Take(5);
        throw new PreloadException(
            PreloadFailure.Bundle,
            $"{string.Join(", ", _bundles.Select(bundle => bundle.Path))}: has no image {image}, which the pak names (it has images of: {string.Join(", ", has)}). "
            + "Export again where the image is: berth export --pak PAK.");
    }

    public string? FindMediaType(Digest manifest) => _manifests.GetValueOrDefault(manifest);

    public long? FindSize(Digest digest) => _bundles.Select(bundle => bundle.FindSize(digest)).FirstOrDefault(size => size is not null);

    /// <summary>Verified while it is read; null when no bundle has it.</summary>
    public Stream? TryOpen(Digest digest)
    {
        foreach (var bundle in _bundles)
        {
            if (bundle.TryOpenBlob(digest) is { } content)
                return content;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bundle in _bundles)
            await bundle.DisposeAsync();
    }
}
