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
    /// <exception cref="PackException">All problems found.</exception>
    public static PackProject Open(string? path)
    {
        if (path is not null && (path.Length == 0 || path.Contains('\0')))
            throw new PackException(
                PackFailure.Usage, "-p names no directory; give the project's directory, or leave -p away for the current one");
        var directory = Path.GetFullPath(ExpandHome(path ?? "."));
        if (!File.Exists(Path.Combine(directory, PackManifest.FileName)))
            throw new PackException(PackFailure.Usage, NotAProject(directory, given: path is not null));
        var problems = new List<string>();
        var manifest = Collect(problems, () => PackManifest.Read(directory));
        var config = Collect(problems, () => PackConfig.Read(directory));
        problems.AddRange(ProjectLayout.Check(directory));
        return problems.Count == 0
            ? new PackProject(directory, manifest!, config!)
            : throw new PackException(PackFailure.Validation, problems);
    }

    private static string NotAProject(string directory, bool given)
    {
        if (!System.IO.Directory.Exists(directory))
            return $"{directory}: there is no such directory; give the project's directory with -p";
        var hint = given ? "give a directory that holds one with -p" : "change to a project's directory, or give one with -p";
        return $"{directory} is not a project: it has no {PackManifest.FileName}; {hint}";
    }

    private static T? Collect<T>(List<string> problems, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (PackException e)
        {
            problems.AddRange(e.Problems);
            return null;
        }
    }

    private static string ExpandHome(string path) => path is ['~'] or ['~', '/', ..]
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
        : path;
}
