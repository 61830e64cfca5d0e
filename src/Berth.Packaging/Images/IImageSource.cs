using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Where an image comes from: an engine, a directory, a registry. Used for one image, once.</summary>
internal interface IImageSource : IDisposable
{
    /// <summary>What is known of the image before any of its layers is read.</summary>
    /// <exception cref="PackException">There is no such image, or it is not for the Cloud Proxy's platform.</exception>
    Task<ImageIdentity> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Reads the image.</summary>
    /// <param name="known">Layers that need not be delivered, by their diff id.</param>
    /// <param name="deliver">Gets each other blob as soon as it can be pushed, while the rest is still being read.</param>
    /// <exception cref="PackException">The image is damaged, or there is no room for its layers.</exception>
    Task<SourceImage> ReadAsync(
        IReadOnlyDictionary<Oci.Digest, Oci.Descriptor> known, Action<BlobToPush> deliver, CancellationToken cancellationToken);
}
