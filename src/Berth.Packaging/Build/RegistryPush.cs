using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;
using Berth.Packaging.Engine;
using Berth.Packaging.Images;

namespace Berth.Packaging.Build;

/// <summary>Brings the image to the registry that is pushed to, and has the registry confirm which digest it has.</summary>
internal sealed class RegistryPush(Reference repository, RegistryClient registry, IPushObserver? observer = null)
{
    private const int ShortIdLength = 12;

    /// <summary>How it is sent; null: as usual.</summary>
    public PushLimits? Limits { get; init; }

    /// <summary>A tag that people can read, and that is the same for the same image: a repeated build leaves no trail of tags.</summary>
    public Reference TargetFor(EngineImage image, string version) => TargetFor(image.Id.AsSpan(image.Id.IndexOf(':') + 1), version);

    /// <inheritdoc cref="TargetFor(EngineImage, string)"/>
    public Reference TargetFor(ImageIdentity image, string version) => TargetFor(image.Name.Hex, version);

    /// <inheritdoc cref="PushAsync(IImageSource, Reference, CancellationToken)"/>
    public async Task<Digest> PushAsync(ContainerEngine engine, EngineImage image, Reference target, CancellationToken cancellationToken)
    {
        using var source = new EngineImageSource(engine, image, observer ?? SilentPushObserver.Instance);
        return await PushAsync(source, target, cancellationToken);
    }

    /// <summary>Pushes what the repository lacks; of an image that is there under its tag, nothing is even read.</summary>
    /// <returns>The digest of the manifest.</returns>
    /// <exception cref="RegistryException">The registry did not take the image.</exception>
    /// <exception cref="EngineException">The engine refused or went away.</exception>
    /// <exception cref="PackException">The image cannot be used, or there is no room for its layers on their way.</exception>
    public async Task<Digest> PushAsync(IImageSource source, Reference target, CancellationToken cancellationToken)
    {
        var tag = target.Tag ?? throw new ArgumentException("The target has no tag.", nameof(target));
        var pusher = new ImagePusher(registry, repository.Repository, observer ?? SilentPushObserver.Instance, Limits);
        var image = await source.IdentifyAsync(cancellationToken);
        return await pusher.FindAsync(image, tag, cancellationToken)
            ?? await pusher.PushAsync(source, image, tag, cancellationToken);
    }

    /// <summary>The digest of what the registry serves under the pushed tag, computed from the bytes.</summary>
    /// <exception cref="PackException">The registry does not have it, or has something else.</exception>
    public async Task<Digest> ConfirmAsync(Reference target, Digest pushed, CancellationToken cancellationToken)
    {
        var served = await registry.GetManifestAsync(repository.Repository, target.Target, cancellationToken)
            ?? throw new PackException(
                PackFailure.Push,
                $"{target.Registry} does not have {target} although it took it without an error; look into the registry's log and push again");
        return pushed == served.Digest
            ? served.Digest
            : throw new PackException(
                PackFailure.Push,
                $"{pushed} was pushed, but {target} is {served.Digest} at the registry: somebody else pushed the same tag, or a proxy changes manifests; push again");
    }

    private Reference TargetFor(ReadOnlySpan<char> id, string version) =>
        repository.Tagged(Tag.Parse($"{version}-{id[..Math.Min(id.Length, ShortIdLength)]}"));
}
