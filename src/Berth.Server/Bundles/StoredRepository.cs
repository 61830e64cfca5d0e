using Berth.Oci;
using Berth.Server.Storage;

namespace Berth.Server.Bundles;

/// <summary>What a repository holds at one moment, without the bytes.</summary>
internal sealed record StoredRepository(
    RepositoryName Name, IReadOnlyDictionary<Digest, StoredEntry> Manifests, IReadOnlyDictionary<Tag, Digest> Tags)
{
    /// <summary>Null when there is no such repository.</summary>
    public static StoredRepository? Find(SqliteDatabase database, RepositoryName name) => database.Read(session =>
    {
        if (session.FindNumber("SELECT id FROM repository WHERE name = ?1", name.ToString()) is not { } id)
            return null;
        var manifests = session.List(
            "SELECT digest, media_type, bytes FROM manifest WHERE repository_id = ?1",
            row => StoredEntry.Read(Digest.Parse(row.GetString(0)), row.GetString(1), row.GetFieldValue<byte[]>(2)),
            id);
        var tags = session.List(
            "SELECT tag.name, manifest.digest FROM tag JOIN manifest ON manifest.id = tag.manifest_id WHERE tag.repository_id = ?1",
            row => (Tag.Parse(row.GetString(0)), Digest.Parse(row.GetString(1))),
            id);
        return new StoredRepository(name, manifests.ToDictionary(entry => entry.Digest), tags.ToDictionary());
    });

    /// <summary>These manifests, what an index among them lists, and what refers to any of it.</summary>
    public IReadOnlyCollection<Digest> Closure(IEnumerable<Digest> roots)
    {
        var referrers = Manifests.Values.Where(entry => entry.Subject is not null).ToLookup(entry => entry.Subject!.Value, entry => entry.Digest);
        var found = new HashSet<Digest>();
        var open = new Stack<Digest>(roots);
        while (open.TryPop(out var digest))
        {
            if (!Manifests.TryGetValue(digest, out var entry) || !found.Add(digest))
                continue;
            foreach (var next in entry.Children.Concat(referrers[digest]))
                open.Push(next);
        }

        return found;
    }
}

/// <param name="Size">In bytes.</param>
/// <param name="Blobs">Config and layers, less what may live elsewhere.</param>
internal sealed record StoredEntry(
    Digest Digest, string MediaType, long Size, Digest? Subject, string? ArtifactType, IReadOnlyList<Digest> Children, IReadOnlyList<Digest> Blobs)
{
    public static StoredEntry Read(Digest digest, string mediaType, byte[] bytes)
    {
        // It was parsed when it was taken in; what is in the way now is a bug or a damaged store.
        if (!Manifest.TryParse(bytes, mediaType, out var manifest, out var problem))
            throw new InvalidDataException($"The stored manifest {digest} cannot be read: {problem}");
        return new StoredEntry(
            digest,
            mediaType,
            bytes.Length,
            manifest.Subject?.Digest,
            manifest.ReferrerType,
            [.. manifest.Manifests.Select(child => child.Digest)],
            [.. manifest.RequiredBlobs.Select(blob => blob.Digest)]);
    }
}
