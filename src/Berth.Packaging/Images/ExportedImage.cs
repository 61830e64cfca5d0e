using System.Text.Json;
using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Images;

/// <summary>Puts together what an export holds.</summary>
/// <param name="documents">JSON documents by their name in the tar.</param>
/// <param name="layer">Finds a layer by its name in the tar.</param>
internal sealed class ExportedImage(IReadOnlyDictionary<string, byte[]> documents, Func<string, Task<ReadLayer>> layer)
{
    private const int MostLayers = 1000;
    private const int MostIndexes = 3;

    /// <returns>The image, and its configuration's bytes.</returns>
    /// <exception cref="InvalidDataException">Something is missing, or not what the configuration says.</exception>
    public async Task<(SourceImage Image, byte[] Config)> PutTogetherAsync()
    {
        var (original, manifest) = FindManifest();
        var saved = FindSaved() ?? (manifest is null ? throw new InvalidDataException("it lists no image") : Saved(manifest));
        var config = Document(saved.Config);
        var layers = new List<ReadLayer>();
        foreach (var name in saved.Layers ?? [])
            layers.Add(await layer(name ?? throw new InvalidDataException("it lists a layer without a name")));
        Check(config, layers);
        var blob = new Descriptor(MediaTypes.OciConfig, Digest.Of(config), config.Length);
        var keeps = manifest is not null && IsComplete(manifest, blob, layers);
        return (new SourceImage(blob, [.. layers.Select(one => one.Blob)]) { Original = keeps ? original : null }, config);
    }

    /// <summary>The manifest is of use as it is where its layers are already in the form in which they are pushed.</summary>
    private static bool IsComplete(Manifest manifest, Descriptor config, List<ReadLayer> layers) =>
        manifest.Config?.Digest == config.Digest
        && manifest.Layers.All(one => ImageManifestText.IsCompressedLayer(one.MediaType))
        && manifest.Layers.Select(one => one.Digest).SequenceEqual(layers.Select(one => one.Blob.Digest));

    private static void Check(byte[] config, List<ReadLayer> layers)
    {
        if (!ImageConfigDocument.TryParse(config, out _, out var diffIds))
            throw new InvalidDataException("its configuration is not one of an image");
        if (diffIds.Count != layers.Count || layers.Count > MostLayers)
            throw new InvalidDataException($"it has {layers.Count} layers and its configuration names {diffIds.Count}");
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i].DiffId is { } actual && actual != diffIds[i])
                throw new InvalidDataException($"its layer {i + 1} has the digest {actual} where its configuration says {diffIds[i]}");
        }
    }

    private SavedImage? FindSaved()
    {
        if (!documents.TryGetValue("manifest.json", out var bytes))
            return null;
        try
        {
            return JsonSerializer.Deserialize(bytes, ImagesJson.Default.SavedImageArray)?.FirstOrDefault();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("its manifest.json is malformed", e);
        }
    }

    private (FetchedManifest? Original, Manifest? Manifest) FindManifest()
    {
        var name = "index.json";
        var type = MediaTypes.OciIndex;
        for (var i = 0; i <= MostIndexes && documents.TryGetValue(name, out var bytes); i++)
        {
            if (!Manifest.TryParse(bytes, type, out var manifest, out _))
                break;
            if (!manifest.IsIndex)
                return (new FetchedManifest(Digest.Of(bytes), type, bytes), manifest);
            if (PlatformChoice.Choose(manifest.Manifests) is not { } next)
                break;
            (name, type) = (BlobName(next.Digest), next.MediaType);
        }

        return default;
    }

    private static SavedImage Saved(Manifest manifest) =>
        new(BlobName(manifest.Config!.Digest), [.. manifest.Layers.Select(one => BlobName(one.Digest))]);

    private static string BlobName(Digest digest) => $"blobs/{digest.ToString().Replace(':', '/')}";

    private byte[] Document(string? name) => name is not null && documents.TryGetValue(ExportNames.Normalize(name), out var bytes)
        ? bytes
        : throw new InvalidDataException("its configuration is missing");
}
