using Berth.Oci;
using Berth.Oci.Client.Push;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Images;

/// <summary>An image of a container engine, exported once and read while it comes.</summary>
internal sealed class EngineImageSource : IImageSource
{
    private const string Exporting = "exporting the image";

    private readonly ContainerEngine _engine;
    private readonly EngineImage _image;
    private readonly IPushObserver _observer;
    private readonly SpoolDirectory _spool;

    /// <param name="temporary">Where layers are kept until they are pushed; null: the system's directory for temporary files.</param>
    public EngineImageSource(ContainerEngine engine, EngineImage image, IPushObserver observer, string? temporary = null)
    {
        _engine = engine;
        _image = image;
        _observer = observer;
        _spool = new SpoolDirectory(image.Bytes, temporary);
    }

    public async Task<ImageIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        var asked = _engine.Client.Images.InspectImageAsync(_image.Id, cancellationToken);
        var found = await _engine.RunAsync("looking for the image", asked, cancellationToken);
        if (!Digest.TryParse(found.ID, out var id) && !Digest.TryParse($"sha256:{found.ID}", out id))
            throw new PackException(PackFailure.Push, $"the engine names the image '{Quote.Short(found.ID)}', which is no digest");
        var diffIds = new List<Digest>();
        foreach (var layer in found.RootFS?.Layers ?? [])
        {
            if (Digest.TryParse(layer, out var diffId))
                diffIds.Add(diffId);
        }

        return new ImageIdentity(id, diffIds) { AnyManifest = true };
    }

    public async Task<SourceImage> ReadAsync(
        IReadOnlyDictionary<Digest, Descriptor> known, Action<BlobToPush> deliver, CancellationToken cancellationToken)
    {
        var opening = _engine.Client.Images.SaveImageAsync(_image.Id, cancellationToken);
        var opened = await _engine.RunAsync(Exporting, opening, cancellationToken);
        await using var tar = new EngineStream(opened, _engine.Endpoint, Exporting, _observer.Exporting);
        try
        {
            var exported = await new ExportReader(new LayerIntake(_spool, known, deliver)).ReadAsync(tar, cancellationToken);
            var (image, config) = await exported.PutTogetherAsync();
            deliver(new BlobToPush(image.Config, new MemoryBlob(config)));
            return image;
        }
        catch (EndOfStreamException e)
        {
            throw new EngineException(
                EngineFailure.NotRunning,
                $"The container engine at {_engine.Endpoint} broke off while {Exporting}. Is it stopping? Look into its log.", e);
        }
        catch (InvalidDataException e)
        {
            throw new PackException(PackFailure.Push, $"the image that the engine exported cannot be pushed: {e.Message}; build it again", e);
        }
    }

    public void Dispose() => _spool.Dispose();
}
