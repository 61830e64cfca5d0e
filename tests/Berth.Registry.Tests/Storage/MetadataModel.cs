using Berth.Oci;
using Berth.Registry.Storage;

namespace Berth.Registry.Tests.Storage;

/// <summary>What <see cref="IMetadataStore"/> means, said with dictionaries: slow, in memory, and easy to see through.</summary>
internal sealed class MetadataModel
{
    private readonly SortedDictionary<string, Repository> _repositories = new(StringComparer.Ordinal);

    /// <summary>Those that hold something.</summary>
    public IEnumerable<string> Repositories => _repositories.Where(one => one.Value.HasSomething).Select(one => one.Key);

    public void AddUpload(RepositoryName repository, UploadId id) => Make(repository).Uploads.Add(id);

    public bool HasUpload(RepositoryName repository, UploadId id) => Find(repository)?.Uploads.Contains(id) ?? false;

    public bool RemoveUpload(RepositoryName repository, UploadId id) => Find(repository)?.Uploads.Remove(id) ?? false;

    public void LinkBlob(RepositoryName repository, Digest digest, long size, UploadId? upload)
    {
        Make(repository).Blobs[digest] = size;
        if (upload is { } id)
            Make(repository).Uploads.Remove(id);
    }

    public long? FindBlob(RepositoryName repository, Digest digest) =>
        Find(repository)?.Blobs.TryGetValue(digest, out var size) is true ? size : null;

    public bool MountBlob(RepositoryName from, RepositoryName into, Digest digest)
    {
        if (FindBlob(from, digest) is not { } size)
            return false;
        Make(into).Blobs[digest] = size;
        return true;
    }

    public RemoveResult RemoveBlob(RepositoryName repository, Digest digest)
    {
        if (FindBlob(repository, digest) is null)
            return RemoveResult.NotFound;
        if (Find(repository)!.Manifests.Values.Any(stored => Blobs(stored).Contains(digest)))
            return RemoveResult.Referenced;
        Find(repository)!.Blobs.Remove(digest);
        return RemoveResult.Removed;
    }

    public List<Digest> PutManifest(ManifestToStore manifest)
    {
        var here = Find(manifest.Repository);
        List<Digest> missing =
        [
            .. Children(manifest).Where(child => here?.Manifests.ContainsKey(child) is not true),
            .. Blobs(manifest).Where(blob => here?.Blobs.ContainsKey(blob) is not true),
        ];
        if (missing.Count > 0)
            return [.. missing.Distinct()];
        here = Make(manifest.Repository);
        here.Manifests.TryAdd(manifest.Digest, manifest);
        foreach (var tag in manifest.Tags)
            here.Tags[tag.ToString()] = manifest.Digest;
        return [];
    }

    public byte[]? FindManifest(RepositoryName repository, ManifestReference reference)
    {
        var here = Find(repository);
        var digest = reference.Digest ?? (here?.Tags.TryGetValue(reference.ToString(), out var tagged) is true ? tagged : null);
        return digest is { } known && here?.Manifests.TryGetValue(known, out var stored) is true ? stored.Bytes.ToArray() : null;
    }

    public RemoveResult RemoveManifest(RepositoryName repository, Digest digest)
    {
        if (Find(repository) is not { } here || !here.Manifests.ContainsKey(digest))
            return RemoveResult.NotFound;
        if (here.Manifests.Values.Any(stored => Children(stored).Contains(digest)))
            return RemoveResult.Referenced;
        here.Manifests.Remove(digest);
        foreach (var tag in here.Tags.Where(tag => tag.Value == digest).ToList())
            here.Tags.Remove(tag.Key);
        return RemoveResult.Removed;
    }

    public bool RemoveTag(RepositoryName repository, Tag tag) => Find(repository)?.Tags.Remove(tag.ToString()) ?? false;

    public string[]? ListTags(RepositoryName repository) => Find(repository) is { HasSomething: true } here ? [.. here.Tags.Keys] : null;

    private static IEnumerable<Digest> Blobs(ManifestToStore stored) => stored.Manifest.RequiredBlobs.Select(blob => blob.Digest);

    private static IEnumerable<Digest> Children(ManifestToStore stored) => stored.Manifest.Manifests.Select(child => child.Digest);

    private Repository? Find(RepositoryName name) => _repositories.GetValueOrDefault(name.ToString());

    private Repository Make(RepositoryName name)
    {
        if (!_repositories.TryGetValue(name.ToString(), out var repository))
            _repositories.Add(name.ToString(), repository = new Repository());
        return repository;
    }

    private sealed class Repository
    {
        public bool HasSomething => Uploads.Count + Blobs.Count + Manifests.Count > 0;

        public HashSet<UploadId> Uploads { get; } = [];

        public Dictionary<Digest, long> Blobs { get; } = [];

        public Dictionary<Digest, ManifestToStore> Manifests { get; } = [];

        public SortedDictionary<string, Digest> Tags { get; } = new(StringComparer.Ordinal);
    }
}
