using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Server.Storage;

/// <summary>What a manifest names, looked up in its repository.</summary>
/// <param name="Blobs">Rows of the blobs that are there; each once.</param>
/// <param name="Children">Rows of the manifests that an index lists; each once.</param>
/// <param name="Missing">What would have to be there and is not.</param>
internal sealed record ManifestNeeds(IReadOnlySet<long> Blobs, IReadOnlySet<long> Children, IReadOnlyList<Digest> Missing)
{
    public static ManifestNeeds Resolve(SqliteSession session, ManifestToStore toStore)
    {
        // No row has the id 0, so a repository that is yet to be made has nothing.
        var repository = SqliteMetadataStore.FindRepository(session, toStore.Repository) ?? 0;
        var manifest = toStore.Manifest;
        var missing = new OrderedDictionary<Digest, bool>();
        var children = Rows(manifest.Manifests, digest => SqliteMetadataStore.FindManifest(session, repository, digest), missing);
        var blobs = Rows(manifest.RequiredBlobs, digest => SqliteMetadataStore.FindBlob(session, repository, digest), missing);

        // A layer that may live elsewhere is not asked for, but when it is here the manifest keeps it.
        blobs.UnionWith(Rows(manifest.Layers, digest => SqliteMetadataStore.FindBlob(session, repository, digest), []));
        return new ManifestNeeds(blobs, children, [.. missing.Keys]);
    }

    private static HashSet<long> Rows(IEnumerable<Descriptor> named, Func<Digest, long?> find, OrderedDictionary<Digest, bool> missing)
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
