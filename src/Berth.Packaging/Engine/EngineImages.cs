using Berth.Oci;
using Berth.Oci.Client;
using Docker.DotNet;
using Docker.DotNet.Models;
using Platform = Berth.Oci.Platform;

namespace Berth.Packaging.Engine;

/// <summary>The images of an engine: looked up and pulled by digest, the way a Cloud Proxy does it.</summary>
internal sealed class EngineImages(ContainerEngine engine)
{
    /// <summary>The image that the engine has under this reference; null when it has none and would have to pull.</summary>
    /// <remarks>The RepoDigest counts: the same image loaded from an archive has none, and the Cloud Proxy would not find it.</remarks>
    public async Task<EngineImage?> FindAsync(PinnedImage image, CancellationToken cancellationToken)
    {
        var found = await InspectAsync(image.ToString(), cancellationToken);
        return found?.RepoDigests?.Any(image.IsNamedBy) == true ? ToImage(found) : null;
    }

    /// <summary>The image of any name: a tag, an id, a reference; null when there is none.</summary>
    public async Task<EngineImage?> FindAsync(string name, CancellationToken cancellationToken) =>
        await InspectAsync(name, cancellationToken) is { } found ? ToImage(found) : null;

    /// <summary>Pulls by digest without credentials.</summary>
    /// <exception cref="PullException">The registry or the engine did not give the image.</exception>
    /// <exception cref="EngineException">The engine went away.</exception>
    public Task PullAsync(PinnedImage image, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        PullAsync(engine.Client, image, null, progress, cancellationToken);

    /// <summary>Pulls by digest with a login that goes along with this request. The engine stores none.</summary>
    /// <exception cref="PullException">The registry or the engine did not give the image.</exception>
    /// <exception cref="EngineException">The engine went away.</exception>
    public async Task PullAsync(
        PinnedImage image, RegistryHost registry, Credential login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using var client = engine.CreateLoginClient();
        var server = registry.IsDockerHub ? "https://index.docker.io/v1/" : registry.ToString();
        var carried = new AuthConfig { Username = login.Username, Password = login.Secret, ServerAddress = server };
        await PullAsync(client, image, carried, progress, cancellationToken);
    }

    /// <summary>Has the engine ask the registry for the manifest, without credentials, as it would to pull. Nothing is pulled.</summary>
    /// <exception cref="PullException">The engine did not get it.</exception>
    /// <exception cref="EngineException">The engine went away.</exception>
    public async Task ReachAsync(PinnedImage image, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Distribution.InspectAsync(image.ToString(), cancellationToken);
        }
        catch (DockerApiException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw PullException.From(image, EngineErrors.MessageOf(e), e);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.Translate(engine.Endpoint, "asking the registry", e);
        }
    }

    private async Task PullAsync(
        DockerClient client, PinnedImage image, AuthConfig? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var platform = engine.Info.Platform == Platform.CloudProxy ? null : Platform.CloudProxy.ToString();
        var request = new ImagesCreateParameters { FromImage = image.Repository, Tag = image.Digest.ToString(), Platform = platform };
        var messages = new PullMessages(progress);
        try
        {
            await client.Images.CreateImageAsync(request, login, messages, cancellationToken);
        }
        catch (DockerApiException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw PullException.From(image, EngineErrors.MessageOf(e), e);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.Translate(engine.Endpoint, "pulling the image", e);
        }

        if (messages.Error is { } error)
            throw PullException.From(image, error);
    }

    private async Task<ImageInspectResponse?> InspectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Client.Images.InspectImageAsync(name, cancellationToken);
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineErrors.Translate(engine.Endpoint, "looking for the image", e);
        }
    }

    private static EngineImage ToImage(ImageInspectResponse found) => new(
        found.ID,
        new Platform(found.Os, found.Architecture, string.IsNullOrEmpty(found.Variant) ? null : found.Variant),
        found.Size);
}
