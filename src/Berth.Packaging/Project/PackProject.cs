namespace Berth.Packaging.Project;

/// <summary>A directory with a management pack's sources, checked as far as that is possible without building it.</summary>
/// <param name="Directory">Full path.</param>
internal sealed record PackProject(string Directory, PackManifest Manifest, PackConfig Config)
{
    public string BuildDirectory => Path.Combine(Directory, "build");

    public string ConfDirectory => Path.Combine(Directory, "conf");

    public string ResourcesDirectory => Path.Combine(Directory, "resources");

    public string ContentDirectory => Path.Combine(Directory, "content");

    public string SchemaFile => Path.Combine(ConfDirectory, "describeSchema.xsd");

    public string StaticDescribeFile => Path.Combine(ConfDirectory, "describe.xml");

    /// <param name="path">Null: the current directory. A path that is no project is an error and never something else's default.</param>
    /// <param name="note">Told of what works, but is perhaps not meant so.</param>
    /// <param name="builds">Whether an image is to be built of it.</param>
    /// <exception cref="PackException">
    /// All problems found. Its <see cref="PackException.KindMismatch"/> is set when that the manifest names another adapter is the only one.
    /// </exception>
    public static PackProject Open(string? path, Action<string>? note = null, bool builds = true)
    {
        var findings = new Findings();
        var project = new ProjectReader(Locate(path), findings, builds).Read();
        foreach (var text in findings.ToReport().Notes)
            note?.Invoke(text);
        findings.ThrowIfProblems();
        return project!;
    }

    /// <returns>Full path of the project's directory.</returns>
    /// <exception cref="PackException">There is no project.</exception>
    internal static string Locate(string? path)
    {
        if (path is not null && (path.Length == 0 || path.Contains('\0')))
            throw new PackException(
                PackFailure.Usage, "-p names no directory; give the project's directory, or leave -p away for the current one");
        var directory = Path.GetFullPath(ExpandHome(path ?? "."));
        return File.Exists(Path.Combine(directory, PackManifest.FileName))
            ? directory
            : throw new PackException(PackFailure.Usage, NotAProject(directory, given: path is not null));
    }

    /// <summary>Makes the manifest name another adapter, on disk and in what is built from here on.</summary>
    /// <exception cref="PackException">manifest.txt cannot be read or written; it is as it was.</exception>
    public PackProject WithAdapterKind(string kind)
    {
        ManifestEdit.SetAdapterKind(Directory, kind);
        return this with { Manifest = Manifest with { AdapterKind = kind } };
    }

    private static string NotAProject(string directory, bool given)
    {
        if (!System.IO.Directory.Exists(directory))
            return $"{directory}: there is no such directory; give the project's directory with -p";
        var hint = given ? "give a directory that holds one with -p" : "change to a project's directory, or give one with -p";
        return $"{directory} is not a project: it has no {PackManifest.FileName}; {hint}";
    }

    private static string ExpandHome(string path) => path is ['~'] or ['~', '/', ..]
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
        : path;
}
