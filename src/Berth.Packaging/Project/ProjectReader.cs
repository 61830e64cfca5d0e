namespace Berth.Packaging.Project;

/// <summary>Reads and checks a project, so that all that is wrong with it is known before anything is built.</summary>
internal sealed class ProjectReader(string directory, Findings findings)
{
    /// <returns>Null when its manifest cannot be used; there are findings then.</returns>
    public PackProject? Read()
    {
        var manifest = ManifestReader.Read(directory, findings);
        var config = PackConfig.Read(directory, findings);
        ProjectLayout.Check(directory, findings);
        new RootFileCheck(directory, findings).Check(manifest);
        new ContentCheck(directory, findings).Check();
        new DescribeCheck(directory, findings).Check(manifest);
        return manifest is null ? null : new PackProject(directory, manifest, config);
    }
}
