using Berth.Oci;
using Berth.Oci.Client;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Build;

/// <summary>Brings the image to the registry that is pushed to, and has the registry confirm which digest it has.</summary>
internal sealed class RegistryPush(Reference repository, ICredentialSource credentials, RegistryClient registry)
{
    private const int ShortIdLength = 12;

    /// <summary>Finds out before anything is built whether this login may push.</summary>
    /// <exception cref="RegistryException">It may not, or the registry cannot be reached.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => registry.CheckPushAsync(repository.Repository, cancellationToken);

    /// <summary>A tag that people can read, and that is the same for the same image: a repeated build leaves no trail of tags.</summary>
    public Reference TargetFor(EngineImage image, string version)
    {
        var id = image.Id.AsSpan(image.Id.IndexOf(':') + 1);
        return repository.Tagged(Tag.Parse($"{version}-{id[..Math.Min(id.Length, ShortIdLength)]}"));
    }

    /// <returns>The digest that the engine named; null when it named none.</returns>
    public async Task<Digest?> PushAsync(ContainerEngine engine, EngineImage image, Reference target, CancellationToken cancellationToken)
    {
        var credential = await credentials.FindAsync(repository.Registry, cancellationToken);
        return await new ImagePush(engine).RunAsync(image, target, credential, cancellationToken);
    }

    /// <summary>The digest of what the registry serves under the pushed tag, computed from the bytes.</summary>
    /// <exception cref="PackException">The registry does not have it, or has something else.</exception>
    public async Task<Digest> ConfirmAsync(Reference target, Digest? named, CancellationToken cancellationToken)
    {
        var served = await registry.GetManifestAsync(repository.Repository, target.Target, cancellationToken)
            ?? throw new PackException(
                PackFailure.Push,
                $"{target.Registry} does not have {target} although the engine reported no failure; look into the engine's log and push again");
        return named is null || named == served.Digest
            ? served.Digest
            : throw new PackException(
                PackFailure.Push,
                $"the engine pushed {named}, but {target} is {served.Digest} at the registry: somebody else pushed the same tag, or a proxy changes manifests; push again");
    }
}
