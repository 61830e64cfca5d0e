using Berth.Packaging.Pak;

namespace Berth.Packaging.Project;

/// <summary>Files and directories that a build needs, looked for before anything is built.</summary>
internal static class ProjectLayout
{
    /// <summary>Directories whose loose files get a directory each in the pak.</summary>
    public static readonly string[] ItemDirectories = ["dashboards", "reports"];

    private static readonly string[] Directories = ["conf", "resources", "content"];

    private const string Dockerfile = "Dockerfile";
    private const string Schema = "conf/describeSchema.xsd";

    /// <param name="builds">Whether an image is to be built of it.</param>
    public static void Check(string project, Findings findings, bool builds)
    {
        foreach (var name in Directories.Where(name => !Directory.Exists(Path.Combine(project, name))))
            findings.Problem($"{name}/ is missing; the pak is made from it (it may be empty)");
        foreach (var name in (builds ? new[] { Dockerfile, Schema } : [Schema]).Where(name => !File.Exists(Path.Combine(project, name))))
            findings.Problem($"{name} is missing");
        Labels(project, "resources", findings);
        Labels(project, "conf", findings);
    }

    private static void Labels(string project, string directory, Findings findings)
    {
        foreach (var name in FilesBelow(project, directory, findings).Where(name => name.EndsWith(".properties", StringComparison.Ordinal)))
            PropertiesFile.Read(project, name, findings);
    }

    /// <summary>The files of a directory that go into the pak, relative to the project and in ordinal order.</summary>
    public static IReadOnlyList<string> FilesBelow(string project, string directory, Findings findings)
    {
        var path = Path.Combine(project, directory);
        if (!Directory.Exists(path))
            return [];
        var files = new List<string>();
        foreach (var found in ProjectFiles.Below(path, findings.Note))
        {
            if (found.Problem is { } problem)
                findings.Problem(problem);
            else if (found.FullPath is not null)
                files.Add($"{directory}/{found.RelativePath}");
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
