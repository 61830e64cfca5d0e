using Berth.Oci;
using Berth.Registry.Storage;
using OrderedSet = System.Collections.Generic.OrderedDictionary<Berth.Oci.Digest, bool>;

namespace Berth.Server.Storage;

/// <summary>What a manifest names, looked up in its repository.</summary>
/// <param name="Blobs">Rows of the blobs that are there; each once.</param>
/// <param name="Children">Rows of the manifests that an index lists; each once.</param>
/// <param name="Missing">What would have to be there and is not.</param>
/// <param name="AbsentBlobs">What of <paramref name="Missing"/> are blobs, and layers that are not here but may be.</param>
/// <param name="AbsentChildren">What of <paramref name="Missing"/> are manifests.</param>
internal sealed record ManifestNeeds(
    IReadOnlySet<long> Blobs,
    IReadOnlySet<long> Children,
    IReadOnlyList<Digest> Missing,
    IReadOnlySet<Digest> AbsentBlobs,
    IReadOnlySet<Digest> AbsentChildren)
{
    public static ManifestNeeds Resolve(SqliteSession session, ManifestToStore toStore)
    {
        // No row has the id 0, so a repository that is yet to be made has nothing.
        var repository = SqliteMetadataStore.FindRepository(session, toStore.Repository) ?? 0;
        var manifest = toStore.Manifest;
        var (missingChildren, missingBlobs, absentLayers) = (new OrderedSet(), new OrderedSet(), new OrderedSet());
        var children = Rows(manifest.Manifests, digest => SqliteMetadataStore.FindManifest(session, repository, digest), missingChildren);
        var blobs = Rows(manifest.RequiredBlobs, digest => SqliteMetadataStore.FindBlob(session, repository, digest), missingBlobs);

        // A layer that may live elsewhere is not asked for, but when it is here the manifest keeps it.
        blobs.UnionWith(Rows(manifest.Layers, digest => SqliteMetadataStore.FindBlob(session, repository, digest), absentLayers));
        return new ManifestNeeds(
            blobs, children, [.. missingChildren.Keys.Union(missingBlobs.Keys)], missingBlobs.Keys.Union(absentLayers.Keys).ToHashSet(), missingChildren.Keys.ToHashSet());
    }

    private static HashSet<long> Rows(IEnumerable<Descriptor> named, Func<Digest, long?> find, OrderedSet missing)
    {
        var rows = new HashSet<long>();
        foreach (var descriptor in named)
        {
            if (find(descriptor.Digest) is { } row)
                rows.Add(row);
            else
                missing.TryAdd(descriptor.Digest, true);
        }

        return rows;
    }
}
