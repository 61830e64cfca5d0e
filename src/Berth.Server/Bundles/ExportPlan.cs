using Berth.Oci;
using Berth.Oci.Bundles;
using Berth.Server.Commands;
using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>Chooses what goes into a bundle.</summary>
internal sealed class ExportPlan(SqliteDatabase database)
{
    private readonly SortedDictionary<string, (StoredRepository Repository, HashSet<Digest> Manifests)> _chosen = new(StringComparer.Ordinal);

    /// <summary>A whole repository, or what a tag or digest of it names.</summary>
    /// <exception cref="BundleFailedException">There is none such.</exception>
    public void Add(StoredName name)
    {
        var (repository, manifests) = Open(name.Repository);
        manifests.UnionWith(name.Reference is { } reference ? repository.Closure([Resolve(repository, reference)]) : repository.Manifests.Keys);
    }

    /// <summary>The image of a management pack, and what belongs to it.</summary>
    /// <exception cref="BundleFailedException">The registry has it not.</exception>
    public void Add(BundlePak pak)
    {
        var (repository, manifests) = Open(pak.Repository);
        if (!repository.Manifests.ContainsKey(pak.Image))
            throw new BundleFailedException($"the image of {pak.FileName}, {pak.Repository}@{pak.Image}, is not in this registry: push it again");
        manifests.UnionWith(repository.Closure([pak.Image]));
    }

    public void AddEverything()
    {
        foreach (var name in database.Read(session => session.List("SELECT name FROM repository", row => row.GetString(0))))
            Add(new StoredName(RepositoryName.Parse(name), null));
    }

    /// <returns>The repositories with what was chosen, and the blobs that these manifests need, with the repositories that name them.</returns>
    public (IReadOnlyList<BundleRepository> Repositories, IReadOnlyList<(RepositoryName Repository, Digest Blob)> Blobs, IReadOnlyList<Digest> Absent) Make()
    {
        var repositories = new List<BundleRepository>();
        var blobs = new Dictionary<Digest, RepositoryName>();
        var absent = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (repository, manifests) in _chosen.Values.Where(chosen => chosen.Manifests.Count > 0))
        {
            var entries = manifests.Select(digest => repository.Manifests[digest]).OrderBy(entry => entry.Digest.ToString(), StringComparer.Ordinal).ToList();
            var children = entries.SelectMany(entry => entry.Children).ToHashSet();
            absent.UnionWith(children.Where(child => !manifests.Contains(child)).Select(child => child.ToString()));
            repositories.Add(new BundleRepository(
                repository.Name,
                [.. entries.Select(entry => new BundleManifest(
                    entry.Digest, entry.MediaType, entry.Size, Role(entry, children), entry.Subject, entry.ArtifactType))],
                [.. repository.Tags.Where(tag => manifests.Contains(tag.Value)).Select(tag => new BundleTag(tag.Key, tag.Value))
                    .OrderBy(tag => tag.Name.ToString(), StringComparer.Ordinal)]));
            foreach (var blob in entries.SelectMany(entry => entry.Blobs))
                blobs.TryAdd(blob, repository.Name);
        }

        return (repositories, [.. blobs.Select(blob => (blob.Value, blob.Key))], [.. absent.Select(digest => Digest.Parse(digest))]);
    }

    private static BundleRole Role(StoredEntry entry, HashSet<Digest> children) =>
        entry.Subject is not null ? BundleRole.Referrer : children.Contains(entry.Digest) ? BundleRole.Child : BundleRole.Root;

    private (StoredRepository Repository, HashSet<Digest> Manifests) Open(RepositoryName name)
    {
        if (_chosen.TryGetValue(name.ToString(), out var chosen))
            return chosen;
        var repository = StoredRepository.Find(database, name)
            ?? throw new BundleFailedException($"there is no repository {name}: 'berth repo list' shows those that there are");
        return _chosen[name.ToString()] = (repository, []);
    }

    private static Digest Resolve(StoredRepository repository, ManifestReference reference)
    {
        if (reference.Digest is { } digest && repository.Manifests.ContainsKey(digest))
            return digest;
        return reference.Tag is { } tag && repository.Tags.TryGetValue(tag, out var named)
            ? named
            : throw new BundleFailedException($"there is no {reference} in {repository.Name}");
    }
}
