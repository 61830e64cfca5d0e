using Berth.Oci;
using Berth.Registry.Upkeep;
using Berth.Server.Storage;

namespace Berth.Server.Upkeep;

/// <summary>The three places of content, which are laid out alike (docs/storage-layout.md).</summary>
internal sealed class ContentPaths(DataDirectory directory)
{
    public string RootOf(Place place) => Path.Combine(directory.Root, place switch
    {
        Place.Blobs => "blobs",
        Place.Trash => "trash",
        _ => "quarantine",
    });

    public string PathOf(Place place, Digest digest) =>
        Path.Combine(RootOf(place), digest.Algorithm.Name(), digest.Hex[..2].ToString(), digest.Hex.ToString());

    /// <summary>The files of a place that are named as content, in groups of at most <paramref name="group"/>; others are not ours to judge.</summary>
    public IEnumerable<IReadOnlyList<StoredFile>> List(Place place, int group)
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            var root = Path.Combine(RootOf(place), algorithm.Name());
            foreach (var files in Directory.Exists(root) ? Directory.EnumerateDirectories(root).SelectMany(Files).Chunk(group) : [])
                yield return files;
        }

        IEnumerable<StoredFile> Files(string shard)
        {
            var algorithm = Path.GetFileName(Path.GetDirectoryName(shard));
            foreach (var path in Directory.EnumerateFiles(shard))
            {
                if (Digest.TryParse($"{algorithm}:{Path.GetFileName(path)}", out var digest) && FileFacts.Find(path) is { } facts)
                    yield return new StoredFile(digest, facts.Size, facts.Changed);
            }
        }
    }
}
