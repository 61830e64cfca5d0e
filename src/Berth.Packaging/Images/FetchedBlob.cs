using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>A blob of another registry, fetched when it turns out to be wanted, and checked against its digest on the way.</summary>
internal sealed class FetchedBlob(RegistryClient registry, Reference image, Descriptor blob, SpoolFile file) : IBlobContent
{
    private const int CopyLength = 256 * 1024;

    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await using var content = await registry.OpenBlobAsync(image.Repository, blob.Digest, cancellationToken, blob.Size)
            ?? throw new PackException(PackFailure.Push, $"{image.Registry} does not have the blob {blob.Digest} of {image}: push that image again");
        await file.WriteAsync(async target =>
        {
            await content.CopyToAsync(target, CopyLength, cancellationToken);
            return blob.Size;
        });
    }

    public Stream OpenAt(long offset) => file.OpenAt(offset);

    public void Release() => file.Release();
}
