namespace Berth.Packaging.Pak;

/// <summary>A directory of an archive, in ordinal order: what the project has there, and what the build puts in its place.</summary>
/// <param name="name">Name of the directory in the archive.</param>
internal sealed class PakTree(string name)
{
    private readonly SortedDictionary<string, PakEntry> _entries =
        new(StringComparer.Ordinal) { [$"{name}/"] = PakEntry.OfDirectory(name) };

    public IReadOnlyCollection<PakEntry> Entries => _entries.Values;

    /// <summary>Adds or replaces an entry; <paramref name="path"/> is relative to this directory.</summary>
    public PakTree Put(string path, byte[] content)
    {
        AddDirectoriesOf(path);
        _entries[$"{name}/{path}"] = PakEntry.OfBytes($"{name}/{path}", content);
        return this;
    }

    /// <summary>Adds all that lies below a directory of the project.</summary>
    /// <param name="path">Relative to this directory; empty for itself.</param>
    /// <param name="problem">Told of what cannot go into an archive and is passed over; null: that is an error.</param>
    /// <exception cref="PackException">Something there cannot go into an archive.</exception>
    public PakTree Add(string path, string source, Action<string> note, Action<string>? problem = null)
    {
        foreach (var entry in ProjectFiles.Below(source, note))
        {
            if (entry.Problem is not null)
            {
                (problem ?? Refuse)(entry.Problem);
                continue;
            }

            var target = path.Length == 0 ? entry.RelativePath : $"{path}/{entry.RelativePath}";
            AddDirectoriesOf(target);
            _entries[$"{name}/{target}"] = entry.FullPath is null
                ? PakEntry.OfDirectory($"{name}/{target.TrimEnd('/')}")
                : PakEntry.OfFile($"{name}/{target}", entry.FullPath);
        }

        return this;
    }

    /// <summary>
    /// The platform takes dashboards and reports only from a directory of their own. A loose file gets one, named like its stem in
    /// lower case; files that share a stem share it, also with a directory that is there already.
    /// </summary>
    /// <exception cref="PackException">Two files would have the same name.</exception>
    public PakTree GiveItemsDirectories(string directory)
    {
        var prefix = $"{name}/{directory}/";
        foreach (var loose in _entries.Values.Where(entry => IsLoose(entry, prefix)).ToList())
        {
            var file = loose.Name[prefix.Length..];
            var target = $"{directory}/{Stem(file).ToLowerInvariant()}/{file}";
            AddDirectoriesOf(target);
            if (!_entries.TryAdd($"{name}/{target}", loose with { Name = $"{name}/{target}" }))
                throw new PackException(
                    PackFailure.Validation, $"{loose.Name} and {name}/{target} have the same place in the pak; remove one of them");
            _entries.Remove(loose.Name);
        }

        return this;
    }

    private static void Refuse(string problem) => throw new PackException(PackFailure.Validation, problem);

    private static bool IsLoose(PakEntry entry, string prefix) =>
        entry.Open is not null
        && entry.Name.StartsWith(prefix, StringComparison.Ordinal)
        && !entry.Name.AsSpan(prefix.Length).Contains('/');

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file) is { Length: > 0 } stem ? stem : file;

    private void AddDirectoriesOf(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            _entries.TryAdd($"{name}/{path[..slash]}/", PakEntry.OfDirectory($"{name}/{path[..slash]}"));
    }
}
