using Berth.Oci;

namespace Berth.Torture.Model;

/// <summary>What one repository must hold, judging by the answers. Only one client writes to it, and does one thing at a time.</summary>
internal sealed class RepositoryModel(string name)
{
    private readonly Dictionary<Digest, KnownBlob> _blobs = [];
    private readonly Dictionary<Digest, KnownManifest> _manifests = [];
    private readonly Dictionary<string, Digest> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<Digest> _gone = [];
    private readonly HashSet<string> _goneTags = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, int> _needed = [];

    public string Name { get; } = name;

    /// <summary>Blobs that may be there. Those that no manifest needs and nobody was promised may be gone.</summary>
    public IReadOnlyDictionary<Digest, KnownBlob> Blobs => _blobs;

    public IReadOnlyDictionary<Digest, KnownManifest> Manifests => _manifests;

    public IReadOnlyDictionary<string, Digest> Tags => _tags;

    /// <summary>Blobs and manifests that were deleted.</summary>
    public IReadOnlyCollection<Digest> Gone => _gone;

    public IReadOnlyCollection<string> GoneTags => _goneTags;

    /// <summary>Sent, and not answered.</summary>
    public Change? Pending { get; set; }

    public int Acknowledged { get; private set; }

    /// <summary>Digests and tags that something was done with since the last check.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public void Acknowledge(Change change)
    {
        change.ApplyTo(this);
        Acknowledged++;
    }

    public bool IsNeeded(Digest blob) => _needed.ContainsKey(blob);

    public bool IsChild(Digest manifest) => _manifests.Values.Any(parent => parent.Children.Contains(manifest));

    public bool MustHave(Digest blob, DateTimeOffset at) => IsNeeded(blob) || (_blobs.TryGetValue(blob, out var known) && known.PromisedUntil > at);

    /// <summary>The manifest that a tag or a digest must give; null for none.</summary>
    public Digest? Find(string reference) => Digest.TryParse(reference, out var digest)
        ? _manifests.ContainsKey(digest) ? digest : null
        : _tags.TryGetValue(reference, out var tagged) ? tagged : null;

    public void Promise(Digest blob, DateTimeOffset until)
    {
        var earlier = _blobs.TryGetValue(blob, out var known) ? known.PromisedUntil : until;
        _blobs[blob] = new(earlier > until ? earlier : until);
        _gone.Remove(blob);
        Touched.Add(blob.ToString());
    }

    /// <summary>It may be there or not, because a request that was about to bring it was not answered.</summary>
    public void MayHave(Digest blob)
    {
        _gone.Remove(blob);
        _blobs.TryAdd(blob, new(DateTimeOffset.MinValue));
        Touched.Add(blob.ToString());
    }

    /// <summary>It may be there or not, because a request that was about to remove it was not answered.</summary>
    public void MayLack(Digest blob)
    {
        if (_blobs.ContainsKey(blob))
            _blobs[blob] = new(DateTimeOffset.MinValue);
        Touched.Add(blob.ToString());
    }

    /// <summary>It was collected, which it might be.</summary>
    public void Forget(Digest blob) => _blobs.Remove(blob);

    public void Remove(Digest blob)
    {
        _blobs.Remove(blob);
        _gone.Add(blob);
        Touched.Add(blob.ToString());
    }

    public void Store(KnownManifest manifest, IEnumerable<string> tags)
    {
        if (_manifests.TryAdd(manifest.Digest, manifest))
        {
            foreach (var blob in manifest.Blobs)
            {
                _needed[blob] = _needed.GetValueOrDefault(blob) + 1;
                _blobs.TryAdd(blob, new(DateTimeOffset.MinValue));
            }
        }

        _gone.Remove(manifest.Digest);
        Touched.Add(manifest.Digest.ToString());
        foreach (var tag in tags)
        {
            _tags[tag] = manifest.Digest;
            _goneTags.Remove(tag);
            Touched.Add(tag);
        }
    }

    public void RemoveManifest(Digest digest)
    {
        if (!_manifests.Remove(digest, out var manifest))
            return;
        foreach (var blob in manifest.Blobs)
        {
            if (--_needed[blob] == 0)
                _needed.Remove(blob);
        }

        _gone.Add(digest);
        Touched.Add(digest.ToString());
        foreach (var tag in TagsOf(digest))
            RemoveTag(tag);
    }

    public void RemoveTag(string tag)
    {
        _tags.Remove(tag);
        _goneTags.Add(tag);
        Touched.Add(tag);
    }

    public IReadOnlyList<string> TagsOf(Digest manifest) => [.. _tags.Where(tag => tag.Value == manifest).Select(tag => tag.Key)];

    public RepositoryModel Clone()
    {
        var copy = new RepositoryModel(Name);
        foreach (var (digest, blob) in _blobs)
            copy._blobs.Add(digest, blob);
        foreach (var (digest, manifest) in _manifests)
            copy._manifests.Add(digest, manifest);
        foreach (var (blob, count) in _needed)
            copy._needed.Add(blob, count);
        foreach (var (tag, digest) in _tags)
            copy._tags.Add(tag, digest);
        copy._gone.UnionWith(_gone);
        copy._goneTags.UnionWith(_goneTags);
        return copy;
    }
}
