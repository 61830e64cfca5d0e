using Berth.Oci;
using Berth.Oci.Client;
using Berth.Oci.Client.Push;

namespace Berth.Packaging.Images;

/// <summary>Learns from images that a repository has how layers were compressed when they were pushed, so that it is not done again.</summary>
internal sealed class EarlierImages(RegistryClient registry, RepositoryName repository, RepositoryPusher pusher)
{
    private const int MostImages = 6;
    private const int MostTags = 1000;

    /// <param name="wanted">Diff ids of layers.</param>
    /// <param name="likely">How the tags begin that are looked at first.</param>
    /// <returns>Those of them that the repository has, by their diff id. Whatever goes wrong here only costs time later.</returns>
    public async Task<IReadOnlyDictionary<Digest, Descriptor>> LearnAsync(
        IReadOnlyCollection<Digest> wanted, string likely, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Digest, Descriptor>();
        if (wanted.Count == 0)
            return known;
        try
        {
            var tags = await registry.ListTagsAsync(repository, MostTags, cancellationToken);
            var chosen = tags.OrderByDescending(tag => $"{tag}".StartsWith(likely, StringComparison.Ordinal)).ThenByDescending(tag => $"{tag}", StringComparer.Ordinal);
            foreach (var tag in chosen.Take(MostImages))
            {
                await LearnAsync(tag, known, cancellationToken);
                if (wanted.All(known.ContainsKey))
                    break;
            }

            return await ThereAsync(known, wanted, cancellationToken);
        }
        catch (RegistryException)
        {
            // A login that may only push, or a registry that lists no tags.
            return new Dictionary<Digest, Descriptor>();
        }
    }

    private async Task LearnAsync(Tag tag, Dictionary<Digest, Descriptor> known, CancellationToken cancellationToken)
    {
        if (await registry.GetManifestAsync(repository, ManifestReference.To(tag), cancellationToken) is not { } fetched
            || !Manifest.TryParse(fetched.Bytes.Span, fetched.MediaType, out var manifest, out _)
            || manifest.Config is not { Size: <= ImageConfigDocument.MaxBytes } config
            || !manifest.Layers.All(layer => ImageManifestText.IsCompressedLayer(layer.MediaType)))
            return;
        await using var blob = await registry.OpenBlobAsync(repository, config.Digest, cancellationToken, config.Size);
        if (blob is null)
            return;
        using var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancellationToken);
        if (!ImageConfigDocument.TryParse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), out _, out var diffIds) || diffIds.Count != manifest.Layers.Count)
            return;
        for (var i = 0; i < diffIds.Count; i++)
            known.TryAdd(diffIds[i], manifest.Layers[i]);
    }

    private async Task<IReadOnlyDictionary<Digest, Descriptor>> ThereAsync(
        Dictionary<Digest, Descriptor> known, IReadOnlyCollection<Digest> wanted, CancellationToken cancellationToken)
    {
        var asked = wanted.Distinct().Where(known.ContainsKey)
            .Select(async diffId => (DiffId: diffId, There: await pusher.HasAsync(known[diffId], cancellationToken)));
        return (await Task.WhenAll(asked)).Where(one => one.There).ToDictionary(one => one.DiffId, one => known[one.DiffId]);
    }
}
