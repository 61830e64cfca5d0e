using Berth.Oci;
using Berth.Oci.Client;
using Docker.DotNet.Models;

namespace Berth.Packaging.Engine;

/// <summary>Pushes an image with an engine.</summary>
internal sealed class ImagePush(ContainerEngine engine)
{
    private const string DockerHubAddress = "https://index.docker.io/v1/";

    /// <param name="target">Registry, repository and tag.</param>
    /// <param name="credential">What the engine answers the registry with if that asks for a login; null: nothing.</param>
    /// <returns>The digest as the engine names it; null when it names none.</returns>
    /// <exception cref="PackException">The registry did not take the image.</exception>
    /// <exception cref="EngineException">The engine refused or went away.</exception>
    public async Task<Digest?> RunAsync(EngineImage image, Reference target, Credential? credential, CancellationToken cancellationToken)
    {
        var tag = (target.Tag ?? throw new ArgumentException("The target has no tag.", nameof(target))).ToString();
        var tagging = engine.Client.Images.TagImageAsync(
            image.Id, new ImageTagParameters { RepositoryName = target.Name, Tag = tag }, cancellationToken);
        await engine.RunAsync("tagging the image", tagging, cancellationToken);
        var messages = new PushMessages();
        var pushing = engine.Client.Images.PushImageAsync(
            target.Name, new ImagePushParameters { Tag = tag }, Login(target.Registry, credential), messages, cancellationToken);
        await engine.RunAsync("pushing the image", pushing, cancellationToken);
        return messages.Error is { } error
            ? throw new PackException(PackFailure.Push, PushErrorText.Explain(target, error))
            : messages.Digest;
    }

    private static AuthConfig? Login(RegistryHost registry, Credential? credential) => credential is null ? null : new AuthConfig
    {
        Username = credential.Username,
        Password = credential.Secret,
        ServerAddress = registry.IsDockerHub ? DockerHubAddress : registry.ToString(),
    };
}
