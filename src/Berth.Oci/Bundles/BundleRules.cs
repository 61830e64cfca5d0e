namespace Berth.Oci.Bundles;

/// <summary>What has to be true of every table of contents, so that a reader can rely on it.</summary>
internal static class BundleRules
{
    /// <exception cref="FormatException">It is not.</exception>
    public static void Require(BundleContents contents)
    {
        var here = Known(contents.Content);
        var elsewhere = Known(contents.Elsewhere);
        var names = new HashSet<RepositoryName>();
        foreach (var repository in contents.Repositories)
        {
            if (!names.Add(repository.Name))
                throw new FormatException($"the repository {repository.Name} is listed twice");
            Require(repository, here, elsewhere);
        }

        foreach (var pak in contents.Paks)
        {
            if (Size(pak.Digest, here, elsewhere) != pak.Size)
                throw new FormatException($"the management pack {Quote.Short(pak.FileName)} is not among the content");
        }

        if (contents.Elsewhere.Count > 0 && contents.BuildsOn.Count == 0)
            throw new FormatException("something is said to be elsewhere, and not where");
        if (elsewhere.Keys.Any(here.ContainsKey))
            throw new FormatException("something is said to be here and elsewhere");
    }

    private static void Require(BundleRepository repository, Dictionary<Digest, long> here, Dictionary<Digest, long> elsewhere)
    {
        var manifests = new HashSet<Digest>();
        foreach (var manifest in repository.Manifests)
        {
            if (!manifests.Add(manifest.Digest))
                throw new FormatException($"{repository.Name}@{manifest.Digest} is listed twice");
            if (Size(manifest.Digest, here, elsewhere) != manifest.Size)
                throw new FormatException($"{repository.Name}@{manifest.Digest} is not among the content");
        }

        if (repository.Tags.FirstOrDefault(tag => !manifests.Contains(tag.Digest)) is { } loose)
            throw new FormatException($"{repository.Name}:{loose.Name} names no manifest of the repository");
        if (repository.Tags.DistinctBy(tag => tag.Name).Count() != repository.Tags.Count)
            throw new FormatException($"a tag of {repository.Name} is listed twice");
    }

    private static Dictionary<Digest, long> Known(IReadOnlyList<BundleContent> list)
    {
        var known = new Dictionary<Digest, long>(list.Count);
        foreach (var (digest, size) in list)
        {
            if (!known.TryAdd(digest, size))
                throw new FormatException($"{digest} is listed twice");
        }

        return known;
    }

    private static long? Size(Digest digest, Dictionary<Digest, long> here, Dictionary<Digest, long> elsewhere) =>
        here.TryGetValue(digest, out var size) || elsewhere.TryGetValue(digest, out size) ? size : null;
}
