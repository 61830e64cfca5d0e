namespace Berth.Packaging.Build;

/// <summary>Which of a project's files an image may be made of.</summary>
internal sealed class ContextChoice
{
    private const string Dockerfile = "Dockerfile";

    private static readonly string[] TopDirectories = ["build", "content", "logs", "resources"];

    private readonly DockerIgnore _ignore;
    private readonly DockerfileSources _sources;

    private ContextChoice(DockerIgnore ignore, DockerfileSources sources) => (_ignore, _sources) = (ignore, sources);

    /// <exception cref="PackException">.dockerignore has a malformed pattern.</exception>
    public static ContextChoice Read(string project)
    {
        var dockerfile = Path.Combine(project, Dockerfile);
        return new ContextChoice(DockerIgnore.Read(project), DockerfileSources.Parse(File.Exists(dockerfile) ? File.ReadAllText(dockerfile) : ""));
    }

    /// <summary>Whether the entry belongs to what is left out unless the Dockerfile names it.</summary>
    /// <param name="path">Below the project, with slashes.</param>
    /// <param name="belowLeftOut">Whether the directory that it is in does.</param>
    public bool IsLeftOut(FileSystemInfo entry, string path, bool belowLeftOut) =>
        (belowLeftOut || IsNoPartOfAnImage(entry, path)) && !_sources.Names(path);

    /// <summary>Whether .dockerignore has it ignored. The Dockerfile itself is sent in any case.</summary>
    public bool IsIgnored(string path) => path is not Dockerfile && _ignore.IsIgnored(path);

    /// <summary>Whether to look into a directory that is not wanted itself.</summary>
    public bool MayWantBelow(string directory) => _sources.NamesBelow(directory) || (_ignore.IsIgnored(directory) && _ignore.HasExceptions);

    private static bool IsNoPartOfAnImage(FileSystemInfo entry, string path)
    {
        var atTop = !path.Contains('/', StringComparison.Ordinal);
        if (entry.Name.StartsWith('.'))
            return true;
        if (entry is DirectoryInfo)
            return (atTop && TopDirectories.Contains(entry.Name, StringComparer.Ordinal)) || IsVirtualEnvironment(entry.FullName);
        return atTop && (entry.Name == "connections.json" || entry.Name.EndsWith(".pak", StringComparison.Ordinal));
    }

    private static bool IsVirtualEnvironment(string directory) =>
        (File.Exists(Path.Combine(directory, "bin", "activate")) && File.Exists(Path.Combine(directory, "bin", "python")))
        || (File.Exists(Path.Combine(directory, "Scripts", "activate.bat"))
            && File.Exists(Path.Combine(directory, "Scripts", "python.exe")));
}
