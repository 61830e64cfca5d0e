using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Registry.Blobs;
using Berth.Registry.Manifests;

namespace Berth.Server.Bundles;

/// <summary>What of a bundle has to be brought into each repository, once it is known that nothing is missing.</summary>
internal sealed class ImportPlan(BundleFile bundle, RepositoryManifests manifests, RepositoryBlobs blobs)
{
    private const int MostNamed = 10;

    private readonly HashSet<Digest> _absent = [.. bundle.Contents.Absent];
    private readonly List<string> _missing = [];

    /// <summary>The blobs that a repository needs, each once.</summary>
    public List<(RepositoryName Repository, Digest Blob)> Blobs { get; } = [];

    /// <summary>In an order in which each can be stored.</summary>
    public List<(RepositoryName Repository, BundleManifest Manifest)> Manifests { get; } = [];

    /// <exception cref="BundleFailedException">The bundle builds on another that was not imported; nothing was changed.</exception>
    /// <exception cref="BundleException">It is damaged.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (var repository in bundle.Contents.Repositories)
        {
            var needed = new HashSet<Digest>();
            var indexes = new List<BundleManifest>();
            foreach (var entry in repository.Manifests)
            {
                if (await ReadAsync(bundle, manifests, repository.Name, entry, cancellationToken) is not { } bytes)
                {
                    Miss($"{repository.Name}@{entry.Digest}");
                    continue;
                }

                var parsed = Parse(entry, bytes);
                needed.UnionWith(parsed.RequiredBlobs.Select(blob => blob.Digest));
                if (parsed.IsIndex)
                    indexes.Add(entry);
                else
                    Manifests.Add((repository.Name, entry));
            }

            await AddAsync(repository.Name, needed, cancellationToken);
            await AddAsync(repository.Name, indexes, cancellationToken);
        }

        if (_missing.Count > 0)
            throw NotComplete();
    }

    /// <summary>The bytes of a manifest from the bundle, or from the registry when an earlier bundle brought it there; null when neither has it.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        BundleFile bundle, RepositoryManifests manifests, RepositoryName repository, BundleManifest entry, CancellationToken cancellationToken)
    {
        await bundle.RequirePlaceAsync(entry.Digest, cancellationToken);
        if (await bundle.ReadManifestAsync(entry.Digest, cancellationToken) is { } bytes)
            return bytes;
        return (await manifests.FindAsync(repository, ManifestReference.To(entry.Digest), cancellationToken))?.Bytes;
    }

    private async Task AddAsync(RepositoryName repository, HashSet<Digest> needed, CancellationToken cancellationToken)
    {
        foreach (var blob in needed.Where(blob => !_absent.Contains(blob)))
        {
            Blobs.Add((repository, blob));
            if (bundle.FindSize(blob) is null && !await IsHereAsync(repository, blob, cancellationToken))
                Miss(blob.ToString());
        }
    }

    /// <summary>An index after those that it lists.</summary>
    private async Task AddAsync(RepositoryName repository, List<BundleManifest> indexes, CancellationToken cancellationToken)
    {
        var waiting = new Dictionary<Digest, (BundleManifest Entry, HashSet<Digest> For)>();
        var all = indexes.Select(entry => entry.Digest).ToHashSet();
        foreach (var entry in indexes)
        {
            var bytes = await ReadAsync(bundle, manifests, repository, entry, cancellationToken);
            waiting[entry.Digest] = (entry, Parse(entry, bytes!.Value).Manifests.Select(child => child.Digest).Where(all.Contains).ToHashSet());
        }

        while (waiting.Count > 0)
        {
            // Digests cannot go round, so that there always is one.
            var ready = waiting.Values.Where(one => !one.For.Any(waiting.ContainsKey)).ToList();
            foreach (var (entry, _) in ready)
            {
                Manifests.Add((repository, entry));
                waiting.Remove(entry.Digest);
            }
        }
    }

    private async Task<bool> IsHereAsync(RepositoryName repository, Digest blob, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(repository, blob, cancellationToken) is not null)
            return true;
        foreach (var source in await blobs.ListSourcesAsync(blob, cancellationToken))
        {
            if (await blobs.FindAsync(source, blob, cancellationToken) is not null)
                return true;
        }

        return false;
    }

    private static Manifest Parse(BundleManifest entry, ReadOnlyMemory<byte> bytes) =>
        Manifest.TryParse(bytes.Span, entry.MediaType, out var manifest, out var problem)
            ? manifest
            : throw new BundleException($"the manifest {entry.Digest} in it cannot be read: {problem}");

    private void Miss(string what) => _missing.Add(what);

    private BundleFailedException NotComplete()
    {
        var named = string.Concat(_missing.Take(MostNamed).Select(one => $"\n  {one}"));
        var more = _missing.Count > MostNamed ? $"\n  and {_missing.Count - MostNamed} more" : "";
        var first = bundle.Contents.BuildsOn is [.., var last] ? $"It builds on the bundle {last}: import that one first. " : "";
        return new BundleFailedException($"{bundle.Path} does not bring everything that it needs, and this registry has it not. {first}Missing:{named}{more}");
    }
}
