namespace Berth.Packaging.Project;

/// <summary>Checks all of a project that can be checked without building it. Nothing is changed, and no engine or registry is asked.</summary>
public static class ProjectCheck
{
    /// <param name="path">The project's directory; null: the current one.</param>
    /// <exception cref="PackException">There is no project.</exception>
    public static ProjectReport Run(string? path)
    {
        var findings = new Findings();
        new ProjectReader(PackProject.Locate(path), findings).Read();
        return findings.ToReport();
    }
}
