using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Images;

namespace Berth.Packaging.Build;

/// <summary>An image that exists already, as the command line names it: <c>oci:DIR[:TAG]</c>, or a reference with a tag or a digest.</summary>
internal sealed class ImageChoice : IDisposable
{
    private readonly RegistryClient? _registry;

    /// <exception cref="PackException">The text names no image.</exception>
    public ImageChoice(string text, PackOptions options, RegistryPair registries, TimeProvider time)
    {
        if (OciLayoutSource.Parse(text) is { } layout)
        {
            Source = layout;
            return;
        }

        if (!Reference.TryParse(text, out var image, out var problem))
            throw new PackException(PackFailure.Usage, $"--image: {problem}");
        if (image.Tag is null && image.Digest is null)
            throw new PackException(PackFailure.Usage, $"--image: '{image}' has no tag and no digest; name the image that is meant, or oci:DIR");
        var target = registries.Repositories.Push;
        var client = registries.Push;
        if (image.Registry != target.Registry)
            client = _registry = new RegistryClient(
                image.Registry, new DockerCredentialSource(), new RegistryClientOptions { InsecureHosts = options.InsecureRegistries, TimeProvider = time });
        Source = new RegistryImageSource(image, target, client);
    }

    public IImageSource Source { get; }

    public void Dispose()
    {
        Source.Dispose();
        _registry?.Dispose();
    }
}
