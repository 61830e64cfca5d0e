using Berth.Oci;
using Berth.Packaging.Conf;
using Berth.Packaging.Engine;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Preload;

/// <summary>
/// Puts the image of a pak into an engine so that a Cloud Proxy's own lookup, by the RepoDigest, finds it and pulls nothing.
/// </summary>
public sealed class Preloader(PreloadOptions options, IPreloadObserver observer, TimeProvider time)
{
    /// <exception cref="PreloadException">The image is not there as a Cloud Proxy would look for it.</exception>
    public async Task<PreloadResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var conf = await PakReader.ReadConfAsync(options.Pak, cancellationToken);
            await EngineHost.Of(options, time).RemoveLeftoversAsync(observer.Note, cancellationToken);
            using var engine = await ContainerEngine.ConnectAsync(EngineDiscovery.Find(), cancellationToken);
            return await RunAsync(conf, engine, cancellationToken);
        }
        catch (PakException e)
        {
            throw new PreloadException(PreloadFailure.Pak, e.Message, e);
        }
        catch (EngineException e)
        {
            throw new PreloadException(PreloadFailure.Engine, e.Message, e);
        }
    }

    private async Task<PreloadResult> RunAsync(ConfFile conf, ContainerEngine engine, CancellationToken cancellationToken)
    {
        var host = conf.Registry ?? options.DefaultRegistry ?? throw new PreloadException(
            PreloadFailure.Pak,
            $"{options.Pak}: names no registry, so a Cloud Proxy takes the default one of its platform. Name that with --default-registry HOST.");
        var wanted = new PinnedImage($"{host}/{conf.Repository}", conf.Digest);
        observer.Note($"{wanted}, for {engine.Info}");
        var found = await engine.Images.FindAsync(wanted, cancellationToken);
        var source = found is not null ? PreloadSource.Present : await FetchAsync(host, conf.Repository, wanted, engine, cancellationToken);
        found ??= await engine.Images.FindAsync(wanted, cancellationToken) ?? throw new PreloadException(
            PreloadFailure.Lookup,
            $"The engine reports a pull without error, and its lookup does not find {wanted}: a Cloud Proxy would not either. Look into the engine's log.");
        RequirePlatform(found);
        return new PreloadResult(wanted.ToString(), source, engine.Info.ToString(), found.Id, found.Bytes);
    }

    private async Task<PreloadSource> FetchAsync(
        RegistryHost host, RepositoryName repository, PinnedImage wanted, ContainerEngine engine, CancellationToken cancellationToken)
    {
        if (options.Bundles.Count == 0)
            return await new RegistryPull(host, wanted, options.Credentials, engine).RunAsync(new PreloadPull(observer), cancellationToken);
        await using var content = await BundleShelf.OpenAsync(options.Bundles, options.Key, cancellationToken);
        foreach (var line in content.Trust)
            observer.Note(line);
        content.Require(wanted.Digest);
        await new BundlePull(host, repository, wanted, content, engine, EngineHost.Of(options, time), time)
            .RunAsync(observer, cancellationToken);
        return PreloadSource.Bundle;
    }

    private static void RequirePlatform(EngineImage image)
    {
        var (wanted, actual) = (Platform.CloudProxy, image.Platform);
        if (actual.Os != wanted.Os || actual.Architecture != wanted.Architecture)
            throw new PreloadException(
                PreloadFailure.Platform, $"The image is for {actual}, and a Cloud Proxy runs {wanted} only. Build it for {wanted} and push it again.");
    }
}
