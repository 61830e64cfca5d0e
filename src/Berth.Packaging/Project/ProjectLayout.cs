namespace Berth.Packaging.Project;

/// <summary>Files and directories that a build needs, looked for before anything is built.</summary>
internal static class ProjectLayout
{
    /// <summary>Directories whose loose files get a directory each in the pak.</summary>
    public static readonly string[] ItemDirectories = ["dashboards", "reports"];

    private static readonly string[] Directories = ["conf", "resources", "content"];

    private static readonly string[] Files = ["Dockerfile", "conf/describeSchema.xsd"];

    public static IEnumerable<string> Check(string project) =>
        Directories
            .Where(name => !Directory.Exists(Path.Combine(project, name)))
            .Select(name => $"{name}/ is missing; the pak is made from it (it may be empty)")
            .Concat(Files.Where(name => !File.Exists(Path.Combine(project, name))).Select(name => $"{name} is missing"))
            .Concat(LooseProperties(project));

    private static IEnumerable<string> LooseProperties(string project) =>
        from name in ItemDirectories
        let directory = Path.Combine(project, "content", name)
        where Directory.Exists(directory)
        from file in Directory.EnumerateFiles(directory, "*.properties").Order(StringComparer.Ordinal)
        let stem = Path.GetFileNameWithoutExtension(file)
        select $"content/{name}/{stem}.properties: labels belong to one item; move the file to content/{name}/{stem}/resources/{stem}.properties";
}
