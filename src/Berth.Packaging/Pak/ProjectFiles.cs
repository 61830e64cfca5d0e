namespace Berth.Packaging.Pak;

/// <summary>What lies below a directory of the project and belongs into a pak.</summary>
internal static class ProjectFiles
{
    private const string KeepFile = ".gitkeep";

    private static readonly string[] LitterFiles = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"];

    private static readonly string[] LitterDirectories = ["__MACOSX", ".Spotlight-V100", ".Trashes", ".git", ".svn"];

    /// <param name="RelativePath">Parts joined by '/'; a directory ends with one.</param>
    /// <param name="FullPath">Null for a directory.</param>
    /// <param name="Problem">Why it cannot go into an archive; null when it can.</param>
    public readonly record struct Found(string RelativePath, string? FullPath, string? Problem = null);

    /// <summary>Files, and directories that are not truly empty; one with nothing but a .gitkeep was made on purpose and stays.</summary>
    /// <param name="note">Told of everything that an operating system or an editor left behind, which is left out.</param>
    public static IEnumerable<Found> Below(string directory, Action<string> note) => Below(new DirectoryInfo(directory), "", note);

    private static IEnumerable<Found> Below(DirectoryInfo directory, string prefix, Action<string> note)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is not null && !LeadsToFile(entry))
                yield return new Found(path, null, $"{entry.FullName} is a link, but not to a file; put the files themselves there");
            else if (IsLitter(entry))
                note($"{directory.Name}/{entry.Name} is left out of the pak");
            else if (entry is not DirectoryInfo child)
            {
                if (entry.Name != KeepFile)
                    yield return new Found(path, entry.FullName);
            }
            else if (child.EnumerateFileSystemInfos().Any())
            {
                yield return new Found(path + "/", null);
                foreach (var below in Below(child, path + "/", note))
                    yield return below;
            }
        }
    }

    /// <remarks>That something "exists" is said of a link that leads to nothing, too.</remarks>
    private static bool LeadsToFile(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true };
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static bool IsLitterDirectory(string name) => LitterDirectories.Contains(name, StringComparer.Ordinal);

    private static bool IsLitter(FileSystemInfo entry) => entry is DirectoryInfo
        ? IsLitterDirectory(entry.Name)
        : LitterFiles.Contains(entry.Name, StringComparer.OrdinalIgnoreCase)
            || entry.Name.StartsWith("._", StringComparison.Ordinal)
            || entry.Name.EndsWith('~')
            || entry.Name.EndsWith(".swp", StringComparison.Ordinal);
}
