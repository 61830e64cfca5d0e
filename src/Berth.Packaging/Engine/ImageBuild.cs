using System.IO.Pipelines;
using Docker.DotNet.Models;
using Platform = Berth.Oci.Platform;

namespace Berth.Packaging.Engine;

/// <summary>Builds an image with an engine, from a context that is made while it is sent.</summary>
internal sealed class ImageBuild(ContainerEngine engine, Platform platform)
{
    /// <param name="writeContext">Writes the context as a tar.</param>
    /// <param name="output">Gets what the build prints, line by line.</param>
    /// <exception cref="PackException">The build failed, or the context could not be made.</exception>
    /// <exception cref="EngineException">The engine refused or went away.</exception>
    public async Task<EngineImage> RunAsync(
        Func<Stream, CancellationToken, Task> writeContext, Action<string> output, CancellationToken cancellationToken)
    {
        var messages = new BuildMessages(output);
        await SendAsync(writeContext, Parameters(), messages, cancellationToken);
        messages.Flush();
        if (messages.Error is { } error)
            throw new PackException(PackFailure.Build, $"the image could not be built: {error}; the lines above say more");
        if (messages.Image is not { } name || await engine.Images.FindAsync(name, cancellationToken) is not { } image)
            throw new PackException(PackFailure.Build, "the engine ended the build without naming an image; look into its log");
        return image.Platform with { Variant = platform.Variant } == platform
            ? image
            : throw new PackException(
                PackFailure.Build,
                $"the image is for {image.Platform}, and {(platform == Platform.CloudProxy ? "a Cloud Proxy runs" : "--platform asks for")} {platform} only; use a base image for that");
    }

    private ImageBuildParameters Parameters() => new()
    {
        Platform = platform.ToString(),
        Remove = true,
        ForceRemove = true,
    };

    private async Task SendAsync(
        Func<Stream, CancellationToken, Task> writeContext,
        ImageBuildParameters parameters,
        BuildMessages messages,
        CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(writeContext, pipe.Writer, stop.Token);
        try
        {
            await using var context = pipe.Reader.AsStream();
            var building = engine.Client.Images.BuildImageFromDockerfileAsync(parameters, context, null, null, messages, cancellationToken);
            await engine.RunAsync("building the image", building, cancellationToken);
        }
        catch (EngineException)
        {
            // Where the context broke off, the engine only saw its input end too early; the cause is what matters.
            await stop.CancelAsync();
            if (await writing is PackException cause)
                throw cause;
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }
    }

    /// <returns>What went wrong; null when the context is complete.</returns>
    private static async Task<Exception?> WriteAsync(
        Func<Stream, CancellationToken, Task> writeContext, PipeWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await writeContext(writer.AsStream(leaveOpen: true), cancellationToken);
            await writer.CompleteAsync();
            return null;
        }
        catch (Exception e)
        {
            await writer.CompleteAsync(e);
            return e;
        }
    }
}
